"""At this pace: which targets will miss their day, and by how much (docs/algorithms/forecast.md)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fenghuo.decision.forecast import Forecast, Promise, Verdict, forecast
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment

from .models import Every, Target, WorkPlan
from .reckoning import Stand
from .selectors import Cell, Matrix, Row, matrix

type Course = Sequence[tuple[date, int]]


class Prospect(StrEnum):
    """`repeating`: each span of the year has its own day, so that no pace is asked."""

    WILL_MISS = "will_miss"
    OVERDUE = "overdue"
    NOT_STARTED = "not_started"
    TOO_FEW = "too_few"
    ON_PACE = "on_pace"
    REPEATING = "repeating"
    REACHED = "reached"
    UNKNOWN = "unknown"


OF_VERDICT = {
    Verdict.WILL_MISS: Prospect.WILL_MISS,
    Verdict.ON_PACE: Prospect.ON_PACE,
    Verdict.NOT_STARTED: Prospect.NOT_STARTED,
    Verdict.TOO_FEW: Prospect.TOO_FEW,
    Verdict.REACHED: Prospect.REACHED,
    Verdict.MISSED: Prospect.OVERDUE,
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`value` of `quota`: over the units that owe it, none counting for more than it owes. `late`: how many units are
    overdue. `found`: None where no pace was asked, or nothing is known of an earlier day.
    """

    target: Target
    prospect: Prospect
    value: int
    quota: int
    units: int
    late: int
    found: Forecast | None = None

    @property
    def lacking_share(self) -> float:
        """Of the quota, what will lack on the due day."""
        return (self.found.shortfall or 0) / self.quota if self.found is not None and self.quota else 0


def everybody(_unit: Unit) -> bool:
    return True


def outlooks(
    actor: Actor,
    plan: WorkPlan,
    moment: Moment,
    *,
    targets: Iterable[Target],
    wanted: Callable[[Unit], bool] = everybody,
) -> list[Outlook]:
    """Of every measured target that somebody owes: what will miss its day first, the worst of them first.

    `wanted`: which units. A matrix for now, and one for each day before it, only where a pace is asked.
    """
    rows = matrix(actor, plan, moment, targets=targets).measured
    owing = [(row, [cell for cell in row.cells.values() if wanted(cell.unit)]) for row in rows]
    asked = [(row, cells) for row, cells in owing if _at_once(row.target, cells) is None and _owed(cells)]
    past = _past(actor, plan, moment, [row.target for row, _cells in asked])
    found = [_outlook(row, cells, past, plan.year, moment.day) for row, cells in owing]
    return sorted((one for one in found if one is not None), key=_order)


def days_before(year: int, day: date) -> list[date]:
    """The eve of the year and the ends of its months, as far as they lie before the day."""
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return [eve for first in firsts if (eve := first - timedelta(days=1)) < day]


def _past(actor: Actor, plan: WorkPlan, moment: Moment, targets: Sequence[Target]) -> dict[date, Matrix]:
    if not targets:
        return {}
    days = days_before(plan.year, moment.day)
    return {day: matrix(actor, plan, Moment.end_of(day), targets=targets) for day in days}


def _order(one: Outlook) -> tuple[int, float, date]:
    return list(Prospect).index(one.prospect), -one.lacking_share, one.target.due


def _owed(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.reading.needed]


def _at_once(target: Target, cells: Sequence[Cell]) -> Prospect | None:
    """What needs no pace."""
    stands = {cell.reading.stand for cell in cells}
    if Stand.UNKNOWN in stands:
        return Prospect.UNKNOWN
    if Stand.OVERDUE in stands:
        return Prospect.OVERDUE
    if stands <= {Stand.DONE, Stand.FREE}:
        return Prospect.REACHED
    return Prospect.REPEATING if target.every != Every.ONCE else None


def _outlook(row: Row, cells: Sequence[Cell], past: Mapping[date, Matrix], year: int, today: date) -> Outlook | None:
    owed = _owed(cells)
    if not owed and not any(cell.reading.stand is Stand.UNKNOWN for cell in cells):
        return None
    needed = {cell.unit.pk: cell.reading.needed for cell in owed}
    value, quota = sum(min(cell.reading.value, cell.reading.needed) for cell in owed), sum(needed.values())
    late = sum(cell.reading.stand is Stand.OVERDUE for cell in cells)
    prospect, found = _at_once(row.target, cells), None
    if prospect is None:
        course = list(_course(row.target, needed, past))
        found = _asked(course, value, quota, year, row.target.due, today)
        prospect = OF_VERDICT[found.verdict] if found is not None else Prospect.TOO_FEW
    return Outlook(row.target, prospect, value, quota, len(owed), late, found)


def _course(target: Target, needed: Mapping[int, int], past: Mapping[date, Matrix]) -> Iterable[tuple[date, int]]:
    """How many counted on the days before; a day of which anything is unknown is left out."""
    for day, then in past.items():
        row = next(row for row in then.rows if row.target.pk == target.pk)
        cells = [row.cells[unit] for unit in needed if unit in row.cells]
        if not any(cell.reading.stand is Stand.UNKNOWN for cell in cells):
            yield day, sum(min(cell.reading.value, needed[cell.unit.pk]) for cell in cells)


def _asked(course: Course, value: int, quota: int, year: int, due: date, today: date) -> Forecast | None:
    """From the beginning of the year, or from the first day of which something is known, if that is later: what was
    there then is no progress of these days.
    """
    if not course:
        return None
    start = max(date(year, 1, 1), course[0][0] + timedelta(days=1))
    return forecast(Promise(quota, min(start, due), due, today, (*course, (today, value))))
