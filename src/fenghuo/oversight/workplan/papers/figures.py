"""The figures of the papers, all of them from one matrix, and for what was done in time from that of the due day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment

from ..models import Clause, Every, Target, WorkPlan
from ..ranking import Share, ranked
from ..reckoning import OWED, Stand
from ..selectors import Cell, Matrix, Row, matrix
from ..words import GROUPS, group_of

MOST_DAYS = 12  # due days that are looked at again


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what is owed and measured stand how; `left_out`: not measured, or not known."""

    done: int = 0
    under_way: int = 0
    open: int = 0
    overdue: int = 0
    left_out: int = 0

    @property
    def owed(self) -> int:
        return self.done + self.under_way + self.open + self.overdue


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in the ranking of its group. `score` "" and `rank` None: nothing that it owes is measured."""

    unit: Unit
    rank: int | None
    score: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    placed: Sequence[Placed]

    @property
    def with_rank(self) -> list[Placed]:
        return [one for one in self.placed if one.rank is not None]

    @property
    def without(self) -> list[Placed]:
        return [one for one in self.placed if one.rank is None]


@dataclass(frozen=True, slots=True)
class Finished:
    """A target that all have reached. `in_time`: None where it is not known how it stood on the due day."""

    row: Row
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class Late:
    unit: Unit
    target: Target
    needed: int
    value: int
    left: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`percent`: of what is owed and measured, by weight, rounded down; None where nothing is. `hidden`: how many cells
    who asked may not see; they are in no figure.
    """

    plan: WorkPlan
    moment: Moment
    rows: Sequence[Row]
    percent: int | None
    whole: Counts
    clauses: Sequence[tuple[Clause, Counts]]
    groups: Sequence[Group]
    finished: Sequence[Finished]
    late: Sequence[Late]
    hidden: int

    @property
    def unmeasured(self) -> list[Target]:
        return [row.target for row in self.rows if not row.measured]

    @property
    def unknown(self) -> list[Target]:
        """Measured, but nobody kept how it stood that day."""
        return [
            row.target for row in self.rows if any(cell.reading.stand is Stand.UNKNOWN for cell in row.cells.values())
        ]

    def due_by(self, last: date) -> list[Row]:
        """What is due from this day up to that one, and not reached by all."""
        day = self.moment.day
        return [row for row in self.rows if day <= row.target.due <= last and row.done < len(row.owed)]


def figures_of(actor: Actor, plan: WorkPlan, found: Matrix) -> Figures:
    """At most MOST_DAYS matrices more, each of the targets due on one day."""
    return Figures(
        plan=plan,
        moment=found.moment,
        rows=found.rows,
        percent=found.percent,
        whole=counts_of(cell for row in found.rows for cell in row.cells.values()),
        clauses=_clauses(found),
        groups=_groups(found),
        finished=_finished(actor, plan, found),
        late=_late(found),
        hidden=hidden_in(found),
    )


def may_compare(found: Matrix) -> bool:
    """Whether who asked sees every unit of the plan, and there are several."""
    return not hidden_in(found) and len(found.units) > 1


def hidden_in(found: Matrix) -> int:
    return sum(row.everyone - len(row.cells) for row in found.rows)


def counts_of(cells: Iterable[Cell]) -> Counts:
    stands = [cell.reading.stand for cell in cells]
    return Counts(
        done=stands.count(Stand.DONE),
        under_way=stands.count(Stand.UNDER_WAY),
        open=stands.count(Stand.OPEN),
        overdue=stands.count(Stand.OVERDUE),
        left_out=stands.count(Stand.UNMEASURED) + stands.count(Stand.UNKNOWN),
    )


def _clauses(found: Matrix) -> list[tuple[Clause, Counts]]:
    cells: dict[int, list[Cell]] = {}
    clauses = {row.target.clause_id: row.target.clause for row in found.rows}
    for row in found.rows:
        cells.setdefault(row.target.clause_id, []).extend(row.cells.values())
    return [(clause, counts_of(cells[pk])) for pk, clause in clauses.items()]


def _groups(found: Matrix) -> list[Group]:
    cells: dict[int, list[tuple[int, Cell]]] = {}
    for row in found.rows:
        for pk, cell in row.cells.items():
            cells.setdefault(pk, []).append((row.target.weight, cell))
    there: dict[str, list[Unit]] = {}
    for unit in found.units:
        there.setdefault(group_of(unit.kind), []).append(unit)
    return [Group(key, _placed(there[key], cells)) for key in GROUPS if key in there]


def _placed(units: Sequence[Unit], cells: Mapping[int, Sequence[tuple[int, Cell]]]) -> list[Placed]:
    by_code = {unit.code: unit for unit in units}
    owed = [(unit.code, _shares(cells[unit.pk])) for unit in units]
    placed = []
    for one in ranked(owed):
        unit = by_code[one.key]
        score = "" if one.score is None else f"{one.score:.2f}"
        placed.append(Placed(unit, one.rank, score, counts_of(cell for _weight, cell in cells[unit.pk])))
    return placed


def _shares(cells: Iterable[tuple[int, Cell]]) -> list[Share]:
    return [
        Share(weight, cell.reading.value, cell.reading.needed) for weight, cell in cells if cell.reading.stand in OWED
    ]


def _late(found: Matrix) -> list[Late]:
    """By unit, and then by day."""
    places = {unit.pk: place for place, unit in enumerate(found.units)}
    groups = {unit.pk: list(GROUPS).index(group_of(unit.kind)) for unit in found.units}
    late = [
        Late(cell.unit, row.target, cell.reading.needed, cell.reading.value, cell.reading.left)
        for row in found.measured
        for cell in row.overdue
    ]
    return sorted(late, key=lambda one: (groups[one.unit.pk], places[one.unit.pk], one.target.due))


def _finished(actor: Actor, plan: WorkPlan, found: Matrix) -> list[Finished]:
    done = [row for row in found.measured if row.owed and row.done == len(row.owed)]
    later = [row for row in done if row.target.every == Every.ONCE and row.target.due < found.moment.day]
    days = sorted({row.target.due for row in later}, reverse=True)[:MOST_DAYS]
    then: dict[int, Row] = {}
    for day in days:
        targets = [row.target for row in later if row.target.due == day]
        then |= {row.target.pk: row for row in matrix(actor, plan, Moment.end_of(day), targets=targets).rows}
    again = {row.target.pk for row in later}
    return [Finished(row, _in_time(row, then.get(row.target.pk)) if row.target.pk in again else True) for row in done]


def _in_time(row: Row, then: Row | None) -> bool | None:
    """Whether all who owe it now had reached it on the due day. What repeats only counts within its span."""
    if then is None:
        return None
    stands = [cell.reading.stand for cell in (then.cells.get(one.unit.pk) for one in row.owed) if cell is not None]
    if any(stand in OWED and stand is not Stand.DONE for stand in stands):
        return False
    return None if Stand.UNKNOWN in stands else True
