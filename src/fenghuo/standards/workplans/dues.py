"""The days by which, or between which, something is promised: 6月底以前, 第二季度, 年内, 适时.

A month before 前 can be read two ways (5月份前: before May begins, or before it ends). The earlier is taken and marked:
looked at too early a promise is still open, looked at too late it is broken. A day before 前 (3月10日前) is in time.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from fenghuo.standards.extraction.numerals import read_number

from .answers import Due, DueKind
from .rules import one_of

N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTH = rf"(?P<month>{N})月份?"
DAY = rf"(?P<month>{N})月(?P<day>{N})[日号]"
ISO = r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
THAT = r"日|周|纪念|活动|宣传"  # what 5·12 is called by
YEAR = r"(?:(?P<year>(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2})年|(?P<said>今年|本年|明年|次年|来年))?"
BEFORE = r"(?:\(含\))?(?:(?P<about>前后|左右)|(?P<before>之?以?前))?"
UNTIL = r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<next>次年|翌年|明年|第二年))?"
WITHIN = r"(?:[以之]?内)?"
TO = r"(?:至|到|-|—|~|–){1,2}"
NOT_IN_NUMBER = r"(?<![\d.一二三四五六七八九十第])"
PATTERNS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "days",
            rf"{YEAR}{NOT_IN_NUMBER}{DAY}?{TO}{UNTIL}(?:(?P<month2>{N})月)?(?P<day2>{N})[日号]",
        ),
        ("day", rf"{YEAR}{NOT_IN_NUMBER}{DAY}(?P<since>起)?{BEFORE}"),
        (
            "day",
            rf"(?<!\d){ISO}(?!\d)日?(?P<since>起)?{BEFORE}",
        ),
        ("months", rf"{YEAR}{NOT_IN_NUMBER}(?P<month>{N})月?份?{TO}{UNTIL}(?P<month2>{N})月份?(?!\d)"),
        ("part", rf"{YEAR}{NOT_IN_NUMBER}{MONTH}(?P<part>上旬|中旬|下旬|初|中(?!旬)|底|末){BEFORE}"),
        (
            "month",
            rf"{YEAR}{NOT_IN_NUMBER}{MONTH}(?![\d一二三四五六七八九十]{{1,2}}[日号]){WITHIN}{BEFORE}",
        ),
        ("quarter", rf"{YEAR}第?(?P<quarter>[一二三四1-4])季度(?P<end>末|底)?{WITHIN}{BEFORE}"),
        ("half", rf"(?<!上)(?<!上、){YEAR}(?P<half>上|下)半年(?P<end>末|底)?{WITHIN}{BEFORE}"),
        (
            "year",
            rf"{YEAR}(?:(?<=年)|年)(?:[底末终](?:以前|之前|前)?|度?内)|岁末|全年(?!工作|总结|目标|任务)|本年度",
        ),
        ("start", rf"{YEAR}(?:(?<=年)|年)初{BEFORE}"),
        (
            "named",
            rf"(?<![\d.])(?P<month>\d{{1,2}})[·.](?P<day>\d{{1,2}})(?=[”\"]?[\u4e00-\u9fa5]{{0,8}}(?:{THAT}))",
        ),
        ("undated", one_of("undated")),
    )
)
LONGEST = 40  # characters that name a day
TENTHS = {"初": 10, "上旬": 10, "中": 15, "中旬": 20}


def find_dues(text: str, year: int | None, start: int = 0, end: int | None = None) -> list[Due]:
    """By place; what two patterns read goes to the first of PATTERNS. Days are None where no year is known."""
    stretch = text[start:end]
    found: list[Due] = []
    taken = bytearray(len(stretch))
    for name, pattern in PATTERNS:
        for match in pattern.finditer(stretch):
            first, last = match.span()
            if first < last and not any(taken[first:last]):
                taken[first:last] = b"\1" * (last - first)
                found.append(_due(name, match, year, start))
    return sorted(found, key=lambda due: due.start)


def due_at(text: str, place: int) -> int:
    """Where the words of a day end that begin here; `place` itself where none do."""
    # Cut out, so that the point of “1.” before it makes no number of it.
    stretch = text[place : place + LONGEST]
    return place + max((match.end() for _name, pattern in PATTERNS if (match := pattern.match(stretch))), default=0)


def _due(name: str, match: re.Match[str], year: int | None, by: int) -> Due:
    words = {key: value for key, value in match.groupdict().items() if value is not None}
    bare = Due(match[0], by + match.start(), by + match.end(), DueKind.UNDATED)
    if name == "undated":
        return bare
    year = _year(words, year)
    if year is None:
        return replace(bare, certain=False)
    try:
        return _dated(name, bare, words, year)
    except ValueError:  # 13月, 6月31日
        return replace(bare, certain=False)


def _year(words: dict[str, str], year: int | None) -> int | None:
    if "year" in words:
        return read_number(words["year"])
    later = words.get("said") in ("明年", "次年", "来年")
    return year + later if year is not None else None


def _end_year(words: dict[str, str], year: int, month: int, month2: int) -> int:
    """11月至次年3月, and 11月至3月, which can mean nothing else."""
    if "year2" in words:
        return read_number(words["year2"]) or year
    return year + ("next" in words or month2 < month)


def _dated(name: str, bare: Due, words: dict[str, str], year: int) -> Due:
    """Raises: ValueError (no such day)."""
    before = "before" in words
    month, day = _number(words, "month"), _number(words, "day")
    match name:
        case "days":
            month2 = _number(words, "month2") or month
            last = date(_end_year(words, year, month, month2), month2, _number(words, "day2"))
            return _during(bare, date(year, month, day), last)
        case "day":
            said = date(year, month, day)
            if before:
                return _by(bare, said)
            if "since" in words:
                return replace(bare, kind=DueKind.FROM, first=said)
            return replace(bare, kind=DueKind.ON, first=said, last=said, certain="about" not in words)
        case "named":
            said = date(year, month, day)
            return replace(bare, kind=DueKind.ON, first=said, last=said, certain=False)
        case "months":
            month2 = _number(words, "month2")
            end_year = _end_year(words, year, month, month2)
            return _during(bare, date(year, month, 1), _month_end(end_year, month2))
        case "part":
            return _part_of_month(bare, words["part"], year, month, before)
        case "month":
            return _whole(bare, date(year, month, 1), _month_end(year, month), before)
        case "quarter":
            quarter = _number(words, "quarter")
            first, last = date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
            return _by(bare, last) if "end" in words else _whole(bare, first, last, before)
        case "half":
            first, last = (
                (date(year, 1, 1), date(year, 6, 30))
                if words["half"] == "上"
                else (date(year, 7, 1), date(year, 12, 31))
            )
            return _by(bare, last) if "end" in words else _whole(bare, first, last, before)
        case "start":
            return replace(bare, kind=DueKind.BY, last=date(year, 1, 31), certain=False)
        case _:
            return _by(bare, date(year, 12, 31))


def _part_of_month(bare: Due, part: str, year: int, month: int, before: bool) -> Due:
    if part in ("底", "末"):
        return _by(bare, _month_end(year, month))
    starts = {"中旬": 11, "下旬": 21}
    first = date(year, month, starts.get(part, 1))
    last = date(year, month, TENTHS[part]) if part in TENTHS else _month_end(year, month)
    due = _whole(bare, first, last, before)
    return due if part.endswith("旬") else replace(due, certain=False)


def _whole(bare: Due, first: date, last: date, before: bool) -> Due:
    """A stretch of days, or, before 前, the day before it begins; others take its end."""
    if before:
        return replace(bare, kind=DueKind.BY, last=first - timedelta(days=1), certain=False, other=last)
    return _during(bare, first, last)


def _during(bare: Due, first: date, last: date) -> Due:
    """Raises: ValueError (ends before it begins)."""
    if last < first:
        raise ValueError("ends before it begins")
    return replace(bare, kind=DueKind.DURING, first=first, last=last)


def _by(bare: Due, last: date) -> Due:
    return replace(bare, kind=DueKind.BY, last=last)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    return date(year, month, monthrange(year, month)[1])


def _number(words: dict[str, str], name: str) -> int:
    return read_number(words.get(name, "")) or 0


def dated(dues: list[Due]) -> Iterator[Due]:
    return (due for due in dues if due.kind is not DueKind.UNDATED)
