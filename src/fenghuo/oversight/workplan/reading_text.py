"""From the draft of a pasted text to clauses and targets as they are written here. Pure: no clock, no database.

What is not sure stays with the target as an open point, until somebody has corrected the target by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fenghuo.kernel.access.models.units import UnitKind as Register
from fenghuo.standards.workplans import Comparison, DraftTarget, DueKind, Recurrence, UnitKind, UnitWords

from .models import Every
from .spans import spans_of

KINDS: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.TOWNSHIPS: (Register.TOWNSHIP,),
    UnitKind.DEPARTMENTS: (Register.DEPARTMENT,),
    UnitKind.COMMITTEES: (Register.COMMITTEE,),
    UnitKind.ENTERPRISES: (Register.ENTERPRISE,),
    UnitKind.SCHOOLS: (Register.SCHOOL,),
    UnitKind.COMMANDS: (Register.COMMAND_BODY,),
    UnitKind.ALL: (Register.TOWNSHIP, Register.DEPARTMENT),
}
EVERY = {
    Recurrence.EACH_HALF_YEAR: Every.HALF,
    Recurrence.EACH_QUARTER: Every.QUARTER,
    Recurrence.EACH_MONTH: Every.MONTH,
}
PERCENT, MOST_QUOTA, MOST_TITLE = ("%", "％"), 1_000_000, 120

type Point = tuple[str, str]  # code, and the words or the day that it is about
type Match = tuple[UnitWords, int | None]  # the words, and the unit that they surely mean


@dataclass(frozen=True, slots=True)
class Read:
    """`kinds`: of units that have to reach it; `lead`, `support`: keys of units that are surely meant; `units`: those
    of them who have to reach it by themselves. `open`: what a person has to look at.
    """

    title: str
    words: str
    kinds: tuple[str, ...]
    units: tuple[int, ...]
    lead: tuple[int, ...]
    support: tuple[int, ...]
    quota: int
    percent: bool
    every: str
    due: date
    open: tuple[Point, ...]


def read(target: DraftTarget, year: int, lead: Sequence[Match], support: Sequence[Match]) -> Read:
    """`lead`, `support`: the units of the target with what the register says to them."""
    named = (*lead, *support)
    open_points = [("unit_unknown", one.words) for one, key in named if key is None and one.kind is UnitKind.NAMED]
    open_points += [("unit_guessed", one.words) for one, key in named if key is not None and not one.certain]
    leading = tuple(dict.fromkeys(key for _one, key in lead if key is not None))
    kinds = tuple(dict.fromkeys(kind for one, _key in lead for kind in KINDS.get(one.kind, ())))
    if not lead:
        open_points.append(("nobody", ""))
    due, about_due = _due(target, year)
    quota, percent, every, about_quota = _quota(target)
    if every != Every.ONCE and not spans_of(year, every, due):
        every = Every.ONCE
        about_quota.append(("every_too_late", due.isoformat()))
    return Read(
        title=_title(target),
        words=target.tidy or target.text,
        kinds=kinds,
        units=() if kinds else leading,
        lead=leading,
        support=tuple(dict.fromkeys(key for _one, key in support if key is not None and key not in leading)),
        quota=quota,
        percent=percent,
        every=every,
        due=due,
        open=tuple(dict.fromkeys((*open_points, *about_due, *about_quota))),
    )


def _title(target: DraftTarget) -> str:
    said = (target.heading or target.tidy or target.text).strip().rstrip("。；;.")
    return said if len(said) <= MOST_TITLE else f"{said[: MOST_TITLE - 1]}…"


def _due(target: DraftTarget, year: int) -> tuple[date, list[Point]]:
    """The last day that is named in the plan's year, else its end."""
    end, points = date(year, 12, 31), list[Point]()
    days = [due for due in target.dues if due.kind is not DueKind.UNDATED]
    inside = [due for due in days if (due.last or due.first or end).year == year]
    points += [("undated", due.words) for due in target.dues if due.kind is DueKind.UNDATED]
    points += [("other_year", due.words) for due in days if due not in inside]
    if not inside:
        return end, points
    last = max(inside, key=lambda due: due.last or due.first or end)
    points += [("several_days", due.words) for due in inside if due is not last]
    if not last.certain and last.other is not None:
        points.append(("day_two_ways", f"{last.words} ({last.last}, {last.other})"))
    elif not last.certain:
        points.append(("day_uncertain", last.words))
    return (end if last.kind is DueKind.FROM else last.last or last.first or end), points


def _quota(target: DraftTarget) -> tuple[int, bool, str, list[Point]]:
    """The first number that asks for so many; what cannot be a least number is left to a person."""
    points = list[Point]()
    every = next((EVERY[one.recurrence] for one in target.quotas if one.recurrence in EVERY), Every.ONCE)
    usual = (*EVERY, Recurrence.ONCE, Recurrence.EACH_YEAR)
    points += [("recurrence", one.words) for one in target.quotas if one.recurrence not in usual]
    points += [("at_most", one.words) for one in target.quotas if one.comparison is Comparison.AT_MOST]
    asking = [one for one in target.quotas if one.low is not None and one.low >= 1]
    if not asking:
        return 1, False, every, points
    first = asking[0]
    points += [("several_numbers", one.words) for one in asking[1:]]
    number, percent = int(first.low or 1), first.unit in PERCENT
    most = 100 if percent else MOST_QUOTA
    if number != first.low or number > most:
        points.append(("number_unusual", first.words))
    return min(number, most), percent, every, points
