"""How long a rule gives, and when that is over. By hand: docs/algorithms/clocks.md.

Days, months and years are counted as the Civil Code does (articles 201 to 203): the first day is not counted, the last
one whole (24:00); months and years end on the day of the same number, or on the month's last where there is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ..calendar import Calendar

UNITS = ("m", "h", "d", "wd", "mo", "y")  # minutes, hours, calendar days, working days, months, years
LONGEST = {"m": 60 * 24 * 366, "h": 24 * 366, "d": 36525, "wd": 2500, "mo": 1200, "y": 100}
_SPAN = re.compile(r"(\d{1,6})(m|h|d|wd|mo|y)")

type Pauses = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Ends:
    """`missing_year`: its table of days off is not here; `at` is then the earliest moment it can be."""

    at: datetime
    missing_year: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` of a unit; see UNITS."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def in_days(self) -> bool:
        return self.unit not in ("m", "h")

    def end(self, start: datetime, zone: tzinfo, calendar: Calendar | None = None) -> datetime:
        """The moment at which it has run out, without pauses."""
        return self.ends(start, zone, calendar or Calendar()).at

    def ends(
        self, start: datetime, zone: tzinfo, calendar: Calendar, *, pauses: Pauses = (), shift: bool = False
    ) -> Ends:
        """`pauses`: since, until each, in order; a day on which it was paused and stayed so does not count.

        `shift`: a last day that is off moves to the next working day (Civil Code article 203).
        """
        if not self.in_days:
            return Ends(_later(start, timedelta(minutes=self.amount * {"m": 1, "h": 60}[self.unit]), pauses))
        first = start.astimezone(zone).date()
        paused = [(since.astimezone(zone).date(), until.astimezone(zone).date()) for since, until in pauses]
        if self.unit == "wd":
            day, missing = _working_days(first, self.amount, calendar, paused)
        else:
            day, missing = _pushed(first, self._corresponding(first), paused), None
            if shift:
                day, missing = _next_working(day, calendar)
        return Ends(midnight_after(day, zone), missing)

    def _corresponding(self, first: date) -> date:
        if self.unit == "d":
            return first + timedelta(days=self.amount)
        return add_months(first, self.amount * {"mo": 1, "y": 12}[self.unit])


@dataclass(frozen=True, slots=True)
class Schedule:
    """Fixed dates: `daily` at `minute` of the day; else the end of `day` (0: the last) of the months `months`."""

    said: str
    every: str
    months: tuple[int, ...] = ()
    day: int = 0
    minute: int = 0

    def __str__(self) -> str:
        return self.said

    def ends(
        self, start: datetime, zone: tzinfo, calendar: Calendar, *, pauses: Pauses = (), shift: bool = False
    ) -> Ends:
        """The first such moment after `start` that lies in no pause."""
        found = self._after(start, zone, calendar, shift=shift)
        for since, until in pauses:
            while since <= found.at < until:
                found = self._after(found.at, zone, calendar, shift=shift)
        return found

    def _after(self, start: datetime, zone: tzinfo, calendar: Calendar, *, shift: bool) -> Ends:
        day = start.astimezone(zone).date() - timedelta(days=40 if shift else 1)
        while True:
            day = self._day_from(day + timedelta(days=1))
            found = self._end_of(day, zone, calendar, shift=shift)
            if found.at > start:
                return found

    def _end_of(self, day: date, zone: tzinfo, calendar: Calendar, *, shift: bool) -> Ends:
        if self.every == "daily":
            return Ends(
                datetime.combine(day + timedelta(days=self.minute // 1440), time(), zone)
                + timedelta(minutes=self.minute % 1440)
            )
        last, missing = _next_working(day, calendar) if shift else (day, None)
        return Ends(midnight_after(last, zone), missing)

    def _day_from(self, day: date) -> date:
        """The first day of the schedule on or after this one."""
        if self.every == "daily":
            return day
        while True:
            last = _last_of(day)
            if day.month in self.months:
                wanted = last if self.day == 0 else day.replace(day=min(self.day, last.day))
                if wanted >= day:
                    return wanted
            day = last + timedelta(days=1)


def read_span(said: str) -> Span:
    """Raises: ValueError with a code of `flaws.WHY`."""
    match = _SPAN.fullmatch(said)
    if match is None:
        raise ValueError("bad_span")
    span = Span(int(match[1]), match[2])
    if span.amount > LONGEST[span.unit]:
        raise ValueError("too_long")
    if span.amount == 0 and span.unit != "d":
        raise ValueError("zero_span")
    return span


def read_schedule(said: str) -> Schedule:
    """daily@09:00, monthly@15, quarterly@15 (of its first month), quarterly@end, halfyearly@end, yearly@05-12, …

    Raises: ValueError with a code of `flaws.WHY`.
    """
    every, _, at = said.partition("@")
    if every == "daily":
        return Schedule(said, every, minute=_minute(at))
    if every == "yearly" and at != "end":
        return _yearly(said, at)
    first = {"monthly": range(1, 13), "quarterly": (1, 4, 7, 10), "halfyearly": (1, 7), "yearly": (1,)}
    last = {"monthly": range(1, 13), "quarterly": (3, 6, 9, 12), "halfyearly": (6, 12), "yearly": (12,)}
    if every not in first or not re.fullmatch(r"end|[1-9]|[12]\d|3[01]", at):
        raise ValueError("bad_schedule")
    if at == "end":
        return Schedule(said, every, tuple(last[every]))
    return Schedule(said, every, tuple(first[every]), day=int(at))


def _minute(said: str) -> int:
    match = re.fullmatch(r"(\d{2}):(\d{2})", said)
    if match is None or not ((int(match[1]) < 24 and int(match[2]) < 60) or said == "24:00"):
        raise ValueError("bad_time")
    return int(match[1]) * 60 + int(match[2])


def _yearly(said: str, at: str) -> Schedule:
    try:
        day = date.fromisoformat(f"2000-{at}")  # a leap year: February 29 is one, and the 28th where there is none
    except ValueError:
        raise ValueError("bad_schedule") from None
    return Schedule(said, "yearly", (day.month,), day=day.day)


def midnight_after(day: date, zone: tzinfo) -> datetime:
    """24:00 of the day."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = _last_of(date(year, month + 1, 1)).day
    return date(year, month + 1, min(day.day, last))


def _last_of(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _later(start: datetime, length: timedelta, pauses: Pauses) -> datetime:
    """Reckoned in UTC, so that a zone that changes its clocks changes no span."""
    start = start.astimezone(UTC)
    end = start + length
    for since, until in pauses:
        begun = max(since, start)
        if begun < end and until > begun:
            end += until - begun
    return end


def _pushed(first: date, last: date, paused: Sequence[tuple[date, date]]) -> date:
    for since, until in paused:
        begun = max(since, first + timedelta(days=1))
        if begun <= last and until > begun:
            last += until - begun
    return last


def _working_days(
    first: date, count: int, calendar: Calendar, paused: Sequence[tuple[date, date]]
) -> tuple[date, int | None]:
    """The day of the last one; where a table is missing every day might be one, which gives the earliest."""
    day, missing = first, None
    while count:
        day += timedelta(days=1)
        if any(since <= day < until for since, until in paused):
            continue
        if not calendar.covers(day):
            missing = missing or day.year
            count -= 1
        elif calendar.is_working(day):
            count -= 1
    return day, missing


def _next_working(day: date, calendar: Calendar) -> tuple[date, int | None]:
    while calendar.covers(day):
        if calendar.is_working(day):
            return day, None
        day += timedelta(days=1)
    return day, day.year
