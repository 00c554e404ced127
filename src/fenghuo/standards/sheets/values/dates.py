"""Days as counties write them: 2012.5 · 2012年5月12日 · 20120512 · 41041 · 2012年底 · 二〇一二年五月."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel

from ..book import Raw, Shown
from ..words import halved
from .chinese import chinese_number
from .read import Precision, Read, Unreadable, Words

EARLIEST, LATEST = 1900, 2100  # years
SERIALS = range(3000, 73_051)  # 1908 to 2099, as Excel counts days
SIGN = r"[年./\-–—、,·]"
CLOCK = r"(?:T?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[分秒]?)?"
DAY = re.compile(rf"(\d{{4}}){SIGN}(\d{{1,2}})(?:月|[./\-–—、,·])(\d{{1,2}})(?:日|号)?[.。]?(?P<clock>{CLOCK})")
MONTH = re.compile(rf"(\d{{4}}){SIGN}(\d{{1,2}})(?:月份?|\.)?(?P<part>底|末|初|上旬|中旬|下旬)?")
YEAR = re.compile(r"(\d{4})年?度?(?P<part>底|末|初|年底|年末|年初|底前)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
CHINESE = re.compile(
    r"([二一][〇零一二三四五六七八九○]{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?)?(.*)"
)
TWO = re.compile(r"\d{4}.*(?:-|–|—|~|至|到)(?:\d{4}|\d{1,2}[月.]|今).*")
NO_YEAR = re.compile(r"\d{1,2}(?:月|[./\-])\d{1,2}日?|\d{1,2}月(?:份|底|初)?")
SHORT_YEAR = re.compile(rf"\d{{2}}{SIGN}\d{{1,2}}(?:月|[./\-])\d{{0,2}}日?")


def read_day(raw: Raw) -> Read:
    """A date with the precision it was said in. Raises: Unreadable."""
    if isinstance(raw, datetime):
        dropped: tuple[Words, ...] = () if raw.time() == time(0) else (("date.clock", {"clock": f"{raw:%H:%M}"}),)
        return Read(_day(raw.year, raw.month, raw.day), dropped, precision="day")
    if isinstance(raw, date):
        return Read(_day(raw.year, raw.month, raw.day), precision="day")
    if isinstance(raw, bool | time | timedelta):
        raise Unreadable("date.none")
    if isinstance(raw, Shown):
        if raw.places == 2 and not raw.percent:  # 2012.10 is stored as 2012.1
            return _text(f"{raw.value:.2f}".replace(".0", "."))
        return _number(raw.value)
    if isinstance(raw, int | float):
        return _number(raw)
    return _text(halved(str(raw)))


def read_month(raw: Raw) -> Read:
    """2012-05. Raises: Unreadable."""
    read = read_day(raw)
    if read.precision == "year" or not isinstance(read.value, date):
        raise Unreadable("date.month_missing")
    kept = tuple(words for words in read.warnings if words[0] == "date.serial_text")
    return Read(f"{read.value:%Y-%m}", kept, precision="month")


def _number(value: int | float) -> Read:
    if isinstance(value, int) or value.is_integer():
        whole = int(value)
        if EARLIEST <= whole <= LATEST:
            return _part(whole, None, "")
        if whole in SERIALS:
            return _serial(value)
        return _text(str(whole))
    if EARLIEST <= value <= LATEST + 1:
        text = format(value, ".10g")
        if re.fullmatch(r"\d{4}\.1", text):
            raise Unreadable("date.ten_or_one", year=text[:4])
        return _text(text)
    if int(value) in SERIALS:
        return _serial(value)
    raise Unreadable("date.none")


def _serial(value: float, *, as_text: bool = False) -> Read:
    found = from_excel(value)
    assert isinstance(found, datetime)
    warnings: tuple[Words, ...] = (("date.serial_text", {"day": f"{found:%Y-%m-%d}"}),) if as_text else ()
    return Read(found.date(), warnings, precision="day")


def _text(text: str) -> Read:
    if len(text) > 40:
        raise Unreadable("date.none")
    text = _arabic(text)
    if match := DAY.fullmatch(text):
        clock = match["clock"]
        warnings: tuple[Words, ...] = ()
        if clock and re.search(r"[1-9]", clock):
            warnings = (("date.clock", {"clock": clock.lstrip("T")}),)
        return Read(_day(int(match[1]), int(match[2]), int(match[3])), warnings, precision="day")
    if match := MONTH.fullmatch(text):
        return _part(int(match[1]), int(match[2]), match["part"] or "")
    if match := YEAR.fullmatch(text):
        return _part(int(match[1]), None, match["part"] or "")
    if match := COMPACT.fullmatch(text):
        return Read(_day(int(match[1]), int(match[2]), int(match[3])), precision="day")
    if (match := COMPACT_MONTH.fullmatch(text)) and EARLIEST <= int(match[1]) <= LATEST:
        return _part(int(match[1]), int(match[2]), "")
    if re.fullmatch(r"\d{4,5}(?:\.0+)?", text) and int(float(text)) in SERIALS:
        return _serial(int(float(text)), as_text=True)
    if TWO.fullmatch(text):
        raise Unreadable("date.two")
    if NO_YEAR.fullmatch(text):
        raise Unreadable("date.no_year")
    raise Unreadable("date.short_year" if SHORT_YEAR.fullmatch(text) else "date.none")


def _arabic(text: str) -> str:
    """二〇一二年五月十二日 in digits."""
    match = CHINESE.fullmatch(text)
    if match is None:
        return text
    year = chinese_number(match[1].replace("○", "〇"))
    month, day = (chinese_number(words) if words else None for words in (match[2], match[3]))
    found = f"{year}年"
    if month is not None:
        found += f"{month}月"
    if day is not None:
        found += f"{day}日"
    return found + match[4]


def _part(year: int, month: int | None, part: str) -> Read:
    """A month or a year: its first day, or the day that 底, 中旬 … name."""
    late = part.removeprefix("年") in ("底", "末", "底前")
    precision: Precision = "year" if month is None else "month"
    if month is None:
        day = _day(year, 12, 31) if late else _day(year, 1, 1)
    elif late:
        _day(year, month, 1)
        day = _day(year, month, monthrange(year, month)[1])
    else:
        day = _day(year, month, {"中旬": 11, "下旬": 21}.get(part, 1))
    code = "date.only_year" if month is None else "date.only_month"
    return Read(day, ((code, {"day": f"{day:%Y-%m-%d}"}),), precision=precision)


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise Unreadable("date.year", year=str(year))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("date.no_such_day") from None
