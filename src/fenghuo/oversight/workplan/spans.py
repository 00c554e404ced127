"""The spans of a year in which a target has to be reached, as moments and days. Pure."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

MONTHS = {"half": 6, "quarter": 3, "month": 1}


class Span(NamedTuple):
    """What happens from `since` up to, not at, `until` counts; by the end of `due` it must be enough."""

    since: datetime
    until: datetime
    due: date


def spans_of(year: int, every: str, due: date) -> list[Span]:
    """Once: the whole year counts, also after the day, which is then late. Else each span that ends by the due day."""
    if every not in MONTHS:
        return [Span(_begin(date(year, 1, 1)), _begin(date(year + 1, 1, 1)), due)]
    step, found = MONTHS[every], []
    for first in range(1, 13, step):
        begin, end = date(year, first, 1), _month_after(year, first + step)
        if end - timedelta(days=1) <= due:
            found.append(Span(_begin(begin), _begin(end), end - timedelta(days=1)))
    return found


def _month_after(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
