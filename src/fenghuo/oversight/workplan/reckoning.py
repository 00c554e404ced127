"""From what a measure counts to how a target stands, for one unit at one day. Pure: no clock, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fenghuo.kernel.measures.asking import Progress

SPANS = {"once": 1, "half": 2, "quarter": 4, "month": 12}


class Stand(StrEnum):
    """`free`: nothing is asked of it. `unknown`: nobody kept how it stood that day. `unmeasured`: no room counts it."""

    DONE = "done"
    UNDER_WAY = "under_way"
    OPEN = "open"
    OVERDUE = "overdue"
    FREE = "free"
    UNKNOWN = "unknown"
    UNMEASURED = "unmeasured"


OWED = (Stand.DONE, Stand.UNDER_WAY, Stand.OPEN, Stand.OVERDUE)


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` of `quota`: as the target counts, in pieces, or in spans of the year for what repeats. Of a share both
    are counts, and `needed` is how many make the percentage full.
    """

    stand: Stand
    value: int = 0
    quota: int = 0
    needed: int = 0

    @property
    def percent(self) -> int | None:
        """Of what is needed, rounded down, at most 100; None where nothing is owed or known."""
        if self.stand not in OWED or not self.needed:
            return None
        return min(100, 100 * self.value // self.needed)

    @property
    def left(self) -> int:
        return max(0, self.needed - self.value)


def lags_behind(reading: Reading) -> bool:
    """Something is owed and not reached yet, be it late or not."""
    return reading.stand in OWED and reading.stand is not Stand.DONE


def reached(progress: Progress, quota: int, percent: bool) -> bool:
    """Whether one span is fulfilled. A share of nothing is."""
    return progress.value >= needed_of(progress, quota, percent)


def needed_of(progress: Progress, quota: int, percent: bool) -> int:
    """How many must count. Of a share rounded up: 80 % of 3 are 3."""
    return -(-quota * (progress.asked or 0) // 100) if percent else quota


def read(spans: Sequence[tuple[date, Progress | None]], *, quota: int, percent: bool, day: date) -> Reading:
    """`spans`: by what day, and what counts in it; None: not known. One of them, or all those of the year up to the due
    day. `day`: at whose end it is looked at; what is due that day may still be done.
    """
    if any(progress is None for _due, progress in spans):
        return Reading(Stand.UNKNOWN)
    known = [(due, progress) for due, progress in spans if progress is not None]
    if len(known) == 1:
        return _read_one(*known[0], quota=quota, percent=percent, day=day)
    full = [reached(progress, quota, percent) for _due, progress in known]
    late = any(due < day and not done for (due, _progress), done in zip(known, full, strict=True))
    many = sum(full[place] for place, (_due, progress) in enumerate(known) if not percent or progress.asked)
    asked = sum(1 for _due, progress in known if not percent or progress.asked)
    if percent and not asked:
        return Reading(Stand.FREE)
    begun = any(progress.value for _due, progress in known)
    return Reading(_stand(many >= asked, late=late, begun=begun), many, asked, asked)


def _read_one(due: date, progress: Progress, *, quota: int, percent: bool, day: date) -> Reading:
    if percent and not progress.asked:
        return Reading(Stand.FREE)
    needed = needed_of(progress, quota, percent)
    stand = _stand(progress.value >= needed, late=due < day, begun=progress.value > 0)
    return Reading(stand, progress.value, (progress.asked or 0) if percent else quota, needed)


def _stand(done: bool, *, late: bool, begun: bool) -> Stand:
    if done:
        return Stand.DONE
    if late:
        return Stand.OVERDUE
    return Stand.UNDER_WAY if begun else Stand.OPEN
