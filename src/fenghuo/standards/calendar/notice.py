"""Reads a pasted notice 国务院办公厅关于××××年部分节假日安排的通知; refuses one that contradicts itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"
HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
# Days with a date of their own (全国年节及纪念日放假办法 art. 2); May 2 since 2025.
FIXED = ((1, 1, 2008), (5, 1, 2008), (5, 2, 2025), (10, 1, 2008), (10, 2, 2008), (10, 3, 2008))

# What can be wrong, in words of English; the pages have their own of the same code.
WHY = {
    "no_year": "it does not say which year it is for",
    "no_items": "no lines of the form 一、元旦:… were found",
    "lacking": "it says nothing of this holiday: paste the whole notice",
    "no_such_day": "there is no such day",
    "weekday": "this date is another day of the week",
    "count": "the number of days is not that of the dates",
    "backwards": "the last day lies before the first",
    "not_weekend": "this day does not touch a weekend, so it cannot be joined with one",
    "worked_anyway": "this is a Monday to Friday that is worked anyway",
    "off_and_work": "this day is named as off and as worked",
    "fixed": "the law gives this day off, the notice does not",
    "other_year": "this day lies outside the year (and December before it)",
    "not_understood": "this sentence was not understood",
}
_TITLE = re.compile(r"关于(\d{4})年(?:部分)?节假日安排")
_NUMBER = re.compile(r"国办发明电[〔\[(](\d{4})[〕\])](\d+)号")
_ITEM = re.compile(r"(?:^|\n|。)[一二三四五六七八九十]{1,2}、([^:。\n]{1,20}):")
_END = re.compile(r"节假日期间,|\n国务院办公厅|。国务院办公厅")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?")
_RANGE = re.compile(r"[至—–~-]+")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_WIDE = str.maketrans(
    "\uff08\uff09\uff1a\uff0c\uff1b\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19", "():,;0123456789"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One year's days off and days worked at weekends. `certainty`: V read in an official copy, C in another."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    names: Mapping[date, str] = field(default_factory=dict)
    number: str = ""
    certainty: str = "?"


@dataclass(frozen=True, slots=True)
class Wrong:
    """`code` as in WHY; `said`: the words of the notice; `rather`: what would agree, where that is known."""

    code: str
    said: str
    rather: str = ""

    def __str__(self) -> str:
        return f"{self.said}: {WHY[self.code]}" + (f" ({self.rather})" if self.rather else "")


class Contradiction(ValueError):
    """The notice cannot be read into a table; `wrong` names everything that stands against it."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__("; ".join(map(str, wrong)))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class _Told:
    """A day of the notice as it stands there."""

    said: str
    day: date
    start: int
    end: int


def read_notice(text: str, year: int | None = None) -> Table:
    """The table that a pasted notice gives. `year` where its title was not pasted with it.

    Raises: Contradiction, naming every sentence that does not agree with itself, with the calendar or with the law.
    """
    text = _even(text)
    if title := _TITLE.search(text):
        year = int(title[1])
    if year is None:
        raise Contradiction(Wrong("no_year", text[:40]))
    reading = _Reading(year)
    names = []
    for name, body in _items(text):
        names.append(name)
        for sentence in filter(None, re.split(r"[。;\n]", body)):
            reading.take(name, sentence)
    if not names:
        raise Contradiction(Wrong("no_items", text[:40]))
    reading.agree(names)
    if reading.wrong:
        raise Contradiction(*reading.wrong)
    number = _NUMBER.search(text)
    return Table(
        year=year,
        off=frozenset(reading.off),
        work=frozenset(reading.work),
        names=reading.off | reading.work,
        number=f"国办发明电〔{number[1]}〕{number[2]}号" if number else "",
        certainty="C",
    )


def _even(text: str) -> str:
    """Wide signs made narrow, blanks taken out, commas in brackets made 、, lines kept."""
    text = re.sub(r"[^\S\n]+", "", text.translate(_WIDE))
    text = re.sub(r"\([^)]*\)", lambda found: found[0].replace(",", "、").replace("\n", ""), text)
    return re.sub(r"\n+", "\n", text).strip()


def _items(text: str) -> Iterator[tuple[str, str]]:
    found = list(_ITEM.finditer(text))
    for place, item in enumerate(found):
        last = place + 1 == len(found)
        body = text[item.end() :] if last else text[item.end() : found[place + 1].start()]
        end = _END.search(body)
        yield item[1], body[: end.start()] if end else body


class _Reading:
    """What was read so far, and what was wrong with it."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.off: dict[date, str] = {}
        self.work: dict[date, str] = {}
        self.wrong: list[Wrong] = []

    def take(self, name: str, sentence: str) -> None:
        if sentence.startswith("鼓励"):  # a wish, no day off: 安排职工在除夕(2月9日)休息
            return
        told = list(self._days(sentence))
        if not told:
            if _DAY.search(sentence) is None and ("放假" in sentence or "上班" in sentence):
                self.wrong.append(Wrong("not_understood", sentence))
            return
        if sentence.endswith("上班") and "放假" not in sentence:
            self._take_work(name, told)
        elif re.search(r"放假|补休", sentence) and not re.search(r"上班|其中|公休日", sentence):
            self._take_off(name, sentence, told)
        else:
            self.wrong.append(Wrong("not_understood", sentence))

    def agree(self, names: list[str]) -> None:
        joined = " ".join(names)
        self.wrong += [Wrong("lacking", name) for name in HOLIDAYS if name not in joined]
        for day in sorted(set(self.off) & set(self.work)):
            self.wrong.append(Wrong("off_and_work", f"{day.month}月{day.day}日"))
        if self.wrong:
            return
        for month, number, since in FIXED:
            if self.year >= since and date(self.year, month, number) not in self.off:
                self.wrong.append(Wrong("fixed", f"{month}月{number}日"))

    def _take_work(self, name: str, told: list[_Told]) -> None:
        for one in told:
            if one.day.weekday() < 5:
                self.wrong.append(Wrong("worked_anyway", one.said, f"周{WEEKDAYS[one.day.weekday()]}"))
            self.work[one.day] = name

    def _take_off(self, name: str, sentence: str, told: list[_Told]) -> None:
        days: list[date] = []
        rest = iter(told)
        for one in rest:
            between = sentence[one.end :]
            if (sign := _RANGE.match(between)) and (last := next(rest, None)) and last.start == one.end + sign.end():
                if last.day < one.day:
                    self.wrong.append(Wrong("backwards", f"{one.said}至{last.said}"))
                    continue
                days += [one.day + timedelta(days=step) for step in range((last.day - one.day).days + 1)]
            else:
                days.append(one.day)
        if (count := _COUNT.search(sentence)) and int(count[1]) != len(days):
            self.wrong.append(Wrong("count", f"{name}:{sentence}", f"{len(days)}天"))
        if "与周末连休" in sentence:
            self.wrong += [
                Wrong("not_weekend", f"{name}:{sentence}", f"周{WEEKDAYS[day.weekday()]}")
                for day in days
                if day.weekday() in (1, 2, 3)
            ]
        self.off |= dict.fromkeys(days, name)

    def _days(self, sentence: str) -> Iterator[_Told]:
        year, month = self.year, 0
        for found in _DAY.finditer(sentence):
            year = int(found[1] or year)
            month = int(found[2] or month)
            try:
                day = date(year, month, int(found[3]))
            except ValueError:
                self.wrong.append(Wrong("no_such_day", found[0]))
                continue
            weekday = _WEEKDAY.search(found[4] or "")
            if weekday and WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
                self.wrong.append(Wrong("weekday", found[0], f"周{WEEKDAYS[day.weekday()]}"))
            if not date(self.year - 1, 12, 1) <= day <= date(self.year, 12, 31):
                self.wrong.append(Wrong("other_year", found[0], str(self.year)))
            yield _Told(found[0], day, found.start(), found.end())
