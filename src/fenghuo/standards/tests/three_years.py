"""Working days of 2024 to 2026, written out by hand from the three notices and walked day by day: no code is shared.

国办发明电〔2023〕7号, 〔2024〕12号, 〔2025〕7号.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

XIAN = ZoneInfo("Asia/Shanghai")
# month, first day, last day: weekdays among them are off
OFF = {
    2024: ["1.1-1.1", "2.10-2.17", "4.4-4.6", "5.1-5.5", "6.10-6.10", "9.15-9.17", "10.1-10.7"],
    2025: ["1.1-1.1", "1.28-2.4", "4.4-4.6", "5.1-5.5", "5.31-6.2", "10.1-10.8"],
    2026: ["1.1-1.3", "2.15-2.23", "4.4-4.6", "5.1-5.5", "6.19-6.21", "9.25-9.27", "10.1-10.7"],
}
MADE_UP = {
    2024: ["2.4", "2.18", "4.7", "4.28", "5.11", "9.14", "9.29", "10.12"],
    2025: ["1.26", "2.8", "4.27", "9.28", "10.11"],
    2026: ["1.4", "2.14", "2.28", "5.9", "9.20", "10.10"],
}
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def _day(year: int, said: str) -> date:
    month, day = said.split(".")
    return date(year, int(month), int(day))


def _walk() -> dict[date, bool]:
    worked = {}
    day = FIRST
    while day <= LAST:
        is_off = any(
            _day(day.year, span.split("-")[0]) <= day <= _day(day.year, span.split("-")[1]) for span in OFF[day.year]
        )
        is_made_up = f"{day.month}.{day.day}" in MADE_UP[day.year]
        worked[day] = is_made_up or (day.isoweekday() <= 5 and not is_off)
        day += timedelta(days=1)
    return worked


WORKED = _walk()


def after_working_days(start: datetime, count: int, paused: set[date] | frozenset[date] = frozenset()) -> datetime:
    """24:00 of the day on which `count` worked days have gone by, the first day not counted."""
    day = start.astimezone(XIAN).date()
    gone = 0
    while gone < count:
        day += timedelta(days=1)
        if WORKED[day] and day not in paused:
            gone += 1
    return midnight(day)


def midnight(day: date) -> datetime:
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=XIAN)
