"""When it happened: the time a text says, read against the moment it was written down."""

import re
from datetime import date, datetime, timedelta

from .found import Found
from .numerals import read_number

N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DAY = (
    rf"(?:(?P<year>(?:19|20)\d{{2}}|二〇[〇一二三四五六七八九]{{2}})年)?(?:(?P<month>{N})月)?(?P<day>{N})[日号]"
    r"|(?P<iso>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?P<word>今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|前天|前日|当日|当天|当晚|凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|深夜|半夜)"
)
PART = r"(?P<part>凌晨|清晨|早上|早晨|早|晨|上午|中午|下午|傍晚|晚上|晚间|晚|夜间|夜里|深夜|半夜)?"
CLOCK = (
    rf"(?P<hour>{N})(?:(?:时|点)(?:(?P<half>半)|(?P<quarter>[一三]刻)|(?P<minute>(?:\d{{1,2}}|[零〇]?[一二三四五六七八九十]{{1,3}}))分?)?(?:整|许|左右|多)?"
    r"|[:](?P<colon>\d{2})(?::\d{2})?)"
)
WITH_CLOCK = re.compile(rf"(?:(?:{DAY})T?\s{{0,2}},?\s{{0,2}})?{PART}\s{{0,2}}{CLOCK}")
DAY_ONLY = re.compile(DAY)
AGO = re.compile(rf"(?P<count>半|{N}|\d{{1,3}})(?:多)?个?(?P<unit>分钟|小时|钟头|天)(?:之)?前")
JUST_NOW = re.compile(r"刚才|刚刚|方才|几分钟前")
AS_OF = re.compile(r"(?:截至|截止|至|到)(?:目前)?[^,。;]{0,3}$")
RECEIVED = re.compile(r"^[^,。;]{0,12}?(?:接到?报|接警|接到|来电|报称|报警|报告|向)")
AFTERWARDS = re.compile(r"[^,。;]{0,6}?(?:扑灭|结束|恢复|到达|抵达|救出|赶到|解除|会议|召开)")
EVENING = ("下午", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里", "深夜", "昨晚", "昨夜", "今晚", "当晚")
YESTERDAY = ("昨天", "昨日", "昨晚", "昨夜")
SURE, LIKELY, WEAK, LEAST = 0.9, 0.7, 0.5, 0.35


def find_time(text: str, now: datetime) -> Found[datetime | date] | None:
    """The moment of what is told, in `now`'s zone; a date alone where no hour is said. `now` must be aware.

    What is not the event's own time (截至, the call's) counts only when there is nothing better.
    """
    best: Found[datetime | date] | None = None
    for found in [*_with_clock(text, now), *_relative(text, now), *_days(text, now)]:
        if found.confidence >= LEAST and (best is None or found.confidence > best.confidence):
            best = found
    return best


def _with_clock(text: str, now: datetime) -> list[Found[datetime | date]]:
    results: list[Found[datetime | date]] = []
    day_before: date | None = None
    for match in WITH_CLOCK.finditer(text):
        groups = match.groupdict()
        if not _is_moment(match, text):
            continue
        day, sure = _day(groups, now)
        if day is None:
            day, sure = (day_before, True) if day_before else (None, False)
        value = _moment(groups, day, now)
        if value is None:
            continue
        if groups["day"] or groups["iso"]:
            day_before = value.date()
        confidence = SURE if sure else LIKELY
        if AS_OF.search(text, max(0, match.start() - 12), match.start()):
            continue
        rest = text[match.end() : match.end() + 16]
        if RECEIVED.match(rest):
            confidence -= 0.3
        elif AFTERWARDS.match(rest):
            confidence -= 0.45
        results.append(Found(value, match[0].strip(), match.start(), match.end(), confidence))
    return results


def _is_moment(match: re.Match[str], text: str) -> bool:
    """Not a ratio, a length of time (历时3小时) or a place (3点位)."""
    rest = text[match.end() : match.end() + 2]
    if match["colon"] is None and match["minute"] is None and rest[:1] in ("间", "段", "长", "速", "位", "常"):
        return False
    return not (rest.startswith("小时") or text[max(0, match.start() - 1) : match.start()] in ("第", "."))


def _relative(text: str, now: datetime) -> list[Found[datetime | date]]:
    results: list[Found[datetime | date]] = []
    for match in AGO.finditer(text):
        count = 0.5 if match["count"] == "半" else read_number(match["count"])
        if count is None:
            continue
        if match["unit"] == "天":
            day = (now - timedelta(days=count)).date()
            results.append(Found(day, match[0], match.start(), match.end(), WEAK))
            continue
        span = timedelta(minutes=count) if match["unit"] == "分钟" else timedelta(hours=count)
        results.append(
            Found((now - span).replace(second=0, microsecond=0), match[0], match.start(), match.end(), LIKELY)
        )
    for match in JUST_NOW.finditer(text):
        value = now.replace(second=0, microsecond=0)
        results.append(Found(value, match[0], match.start(), match.end(), WEAK))
    return results


def _days(text: str, now: datetime) -> list[Found[datetime | date]]:
    results: list[Found[datetime | date]] = []
    for match in DAY_ONLY.finditer(text):
        groups = match.groupdict()
        if not (groups["day"] or groups["iso"]) or AS_OF.search(text, max(0, match.start() - 12), match.start()):
            continue
        if groups["month"] is None and groups["iso"] is None and text[match.end() - 1] == "号":
            continue  # 3号楼, 5号车厢
        day, _sure = _day(groups, now)
        if day is not None:
            results.append(Found(day, match[0], match.start(), match.end(), 0.4))
    return results


def _day(groups: dict[str, str | None], now: datetime) -> tuple[date | None, bool]:
    """The day that is said, and whether it was said outright. Without a year the last one that has been."""
    if groups["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-/.]", groups["iso"]))
        return _date(year, month, day), True
    if groups["day"]:
        day_number = read_number(groups["day"]) or 0
        month_number = read_number(groups["month"]) if groups["month"] else None
        if groups["year"]:
            return _date(read_number(groups["year"]) or 0, month_number or now.month, day_number), True
        return _last(month_number, day_number, now.date()), True
    word = groups["word"] or ""
    if word in YESTERDAY:
        return now.date() - timedelta(days=1), True
    if word in ("前天", "前日"):
        return now.date() - timedelta(days=2), True
    if word.startswith("今"):
        return now.date(), True
    return None, False


def _last(month: int | None, day: int, today: date) -> date | None:
    """The last such day that is not after tomorrow."""
    for back in range(14):
        year, wanted = today.year, month or today.month
        if month is None:
            index = today.year * 12 + today.month - 1 - back
            year, wanted = divmod(index, 12)
            wanted += 1
        else:
            year -= back
        found = _date(year, wanted, day)
        if found is not None and found <= today + timedelta(days=1):
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(groups: dict[str, str | None], day: date | None, now: datetime) -> datetime | None:
    hour = read_number(groups["hour"] or "")
    if hour is None or hour > 24:
        return None
    minute = 0
    if groups["half"]:
        minute = 30
    elif groups["quarter"]:
        minute = 45 if groups["quarter"][0] == "三" else 15
    elif said := groups["minute"] or groups["colon"]:
        minute = read_number(said) or 0
    part = groups["part"] or groups["word"] or ""
    if hour < 12 and (part in EVENING or (part == "中午" and hour < 6)):
        hour += 12
    if minute > 59:
        return None
    next_day = hour == 24
    base = day or now.date()
    value = datetime(base.year, base.month, base.day, 0 if next_day else hour, minute, tzinfo=now.tzinfo)
    if next_day:
        value += timedelta(days=1)
    if day is None and value > now + timedelta(minutes=30):
        value -= timedelta(days=1)  # 23时50分, said at one in the morning
    return value
