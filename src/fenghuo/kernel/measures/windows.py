"""Counting in several spans of time at once: rows fall into slots between all the ends that asks name."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from .asking import Ask, Moment


class Windows:
    """`by` says in which slot a row lies; `slots` which of them an ask counts; nothing later counts."""

    def __init__(self, asks: Iterable[Ask], moment: Moment, *, days: bool = False) -> None:
        """`days`: the field holds a date, not a moment."""
        asked = list(asks)
        ends = {end for ask in asked for end in (ask.since, ask.until)}
        self._ends = sorted({min(end, moment.at) for end in ends} | {moment.at})
        self._days = days

    @property
    def begin(self) -> object:
        """The first moment, or day, that any ask counts."""
        return self._as_field(self._ends[0])

    @property
    def end(self) -> object:
        """What lies at or after this counts for none. Today is within."""
        return self._as_field(self._ends[-1], up=True)

    def by(self, field: str) -> Case:
        whens = [
            When(**{f"{field}__lt": self._as_field(end, up=place == len(self._ends) - 1)}, then=Value(place))
            for place, end in enumerate(self._ends)
        ]
        return Case(*whens, default=Value(len(self._ends)), output_field=IntegerField())

    def slots(self, ask: Ask) -> range:
        """Slot n holds what lies before end n and not before end n − 1."""
        first = bisect_left(self._ends, min(ask.since, self._ends[-1]))
        last = bisect_left(self._ends, min(ask.until, self._ends[-1]))
        return range(first + 1, last + 1)

    def _as_field(self, moment: datetime, *, up: bool = False) -> object:
        if not self._days:
            return moment
        local = timezone.localtime(moment)
        whole = local.hour == local.minute == local.second == local.microsecond == 0
        day = local.date()
        return day if whole or not up else day.fromordinal(day.toordinal() + 1)
