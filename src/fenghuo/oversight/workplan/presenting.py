"""What the pages show of the matrix: rows with their cells, the cards on top, a unit's list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment

from .models import Clause, Target
from .reckoning import OWED, Reading, Stand
from .selectors import Cell, Matrix, Row
from .words import GROUPS, SIGNS, column_name, figure, group_of, quota_said, quota_short, stand_word

MOST_COLUMNS, MOST_NAMED = 40, 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`name`: the unit's, short. `said`: everything in words, for who does not see colour and shape."""

    name: str
    stand: str
    sign: str
    word: str
    figure: str
    percent: int | None
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`cells`: one for each column, None where nothing is owed. Where none of the columns has to reach it, those who do
    stand there instead, `named`, or if they are many only how many stand how, `counts`, and in which group.
    """

    target: Target
    clause: Clause
    first: bool
    quota: str
    measured: bool
    done: int
    owed: int
    overdue: int
    look: str
    cells: Sequence[ShownCell | None]
    named: Sequence[ShownCell]
    counts: Sequence[tuple[str, str, str, int]]
    group: str
    late: bool


@dataclass(frozen=True, slots=True)
class Cards:
    """`percent`: of what is owed and measured, by weight. `expected`: of it what is due by now. `next_due`: the nearest
    day to come, with how many targets.
    """

    percent: int | None
    expected: int | None
    next_due: date | None
    next_count: int
    days: int
    overdue: Sequence[Row]
    overdue_in: Sequence[str]
    lagging: Sequence[tuple[Unit, int]]
    unmeasured: int


def cards(found: Matrix) -> Cards:
    day = found.moment.day
    total = due = 0
    late: dict[int, int] = {}
    overdue = [row for row in found.measured if row.overdue]
    units = {unit.pk: unit for unit in found.units}
    for row in found.measured:
        for cell in row.owed:
            total += row.target.weight
            due += row.target.weight * (row.target.due < day)
            if cell.reading.stand is Stand.OVERDUE:
                late[cell.unit.pk] = late.get(cell.unit.pk, 0) + 1
    ahead = sorted({row.target.due for row in found.rows if row.target.due >= day})
    next_due = ahead[0] if ahead else None
    worst = sorted(late.items(), key=lambda one: (-one[1], units[one[0]].code))
    return Cards(
        percent=found.percent,
        expected=100 * due // total if total else None,
        next_due=next_due,
        next_count=sum(1 for row in found.rows if row.target.due == next_due),
        days=(next_due - day).days if next_due else 0,
        overdue=overdue,
        overdue_in=list(dict.fromkeys(row.target.clause.number for row in overdue)),
        lagging=[(units[pk], many) for pk, many in worst],
        unmeasured=len(found.rows) - len(found.measured),
    )


def columns_of(found: Matrix, group: str, wanted: Callable[[Unit], bool]) -> list[Unit]:
    """The units of a group that have to reach anything, by place."""
    return [unit for unit in found.units if group_of(unit.kind) == group and wanted(unit)]


def groups_in(found: Matrix) -> list[str]:
    there = {group_of(unit.kind) for unit in found.units}
    return [group for group in GROUPS if group in there]


def rows_of(found: Matrix, columns: Sequence[Unit]) -> list[ShownRow]:
    shown, before = list[ShownRow](), None
    for row in found.rows:
        shown.append(_row(row, columns, found.moment, first=row.target.clause_id != before))
        before = row.target.clause_id
    return shown


def _row(row: Row, columns: Sequence[Unit], moment: Moment, *, first: bool) -> ShownRow:
    cells = [_cell(row, row.cells.get(unit.pk), moment) for unit in columns]
    others = [] if any(cells) or not row.measured else list(row.cells.values())
    few = len(others) <= MOST_NAMED
    owed, overdue = len(row.owed), len(row.overdue)
    return ShownRow(
        target=row.target,
        clause=row.target.clause,
        first=first,
        quota=quota_short(row.target),
        measured=row.measured,
        done=row.done,
        owed=owed,
        overdue=overdue,
        look="" if not owed else "full" if row.done == owed else "low" if overdue else "half",
        cells=cells if row.measured else [],
        named=[_shown(row, cell, moment) for cell in others] if few else [],
        counts=[] if few else _counts(others),
        group=group_of(others[0].unit.kind) if others else "",
        late=row.target.due < moment.day,
    )


def _counts(cells: Sequence[Cell]) -> list[tuple[str, str, str, int]]:
    """(state, sign, word, how many), of the states that there are."""
    stands = [cell.reading.stand for cell in cells]
    return [(one.value, SIGNS[one], stand_word(one), stands.count(one)) for one in Stand if one in stands]


def _cell(row: Row, cell: Cell | None, moment: Moment) -> ShownCell | None:
    return _shown(row, cell, moment) if cell is not None else None


def _shown(row: Row, cell: Cell, moment: Moment) -> ShownCell:
    said = figure(row.target, cell.reading)
    word = stand_word(cell.reading.stand)
    return ShownCell(
        name=column_name(cell.unit),
        stand=cell.reading.stand.value,
        sign=SIGNS[cell.reading.stand],
        word=word,
        figure=said,
        percent=cell.reading.percent,
        said=" ".join(part for part in (cell.unit.name, row.target.title, word, said) if part),
        url=cell_url(row.target, cell.unit, moment),
    )


def cell_url(target: Target, unit: Unit, moment: Moment) -> str:
    address = reverse("workplan:cell", args=[target.pk, unit.code])
    return f"{address}?{urlencode({'day': moment.day.isoformat()})}" if moment.past else address


@dataclass(frozen=True, slots=True)
class Owed:
    """A line of a unit's list. `part`: late, now (due within a month), later, done, or besides (nothing is owed)."""

    target: Target
    reading: Reading
    cell: ShownCell
    part: str
    quota: str
    days: int

    @property
    def days_late(self) -> int:
        return max(0, -self.days)


SOON = timedelta(days=31)


def owed_by(found: Matrix, unit: Unit) -> list[Owed]:
    """What a unit owes, the most urgent first."""
    lines = []
    for row in found.rows:
        cell = row.cells.get(unit.pk)
        if cell is not None:
            part = _part(cell.reading, row.target, found.moment.day)
            shown = _shown(row, cell, found.moment)
            days = (row.target.due - found.moment.day).days
            lines.append(Owed(row.target, cell.reading, shown, part, quota_said(row.target), days))
    return sorted(lines, key=lambda one: (PARTS.index(one.part), one.target.due))


PARTS = ("late", "soon", "later", "done", "besides")


def _part(reading: Reading, target: Target, day: date) -> str:
    if reading.stand is Stand.OVERDUE:
        return "late"
    if reading.stand is Stand.DONE:
        return "done"
    if reading.stand not in OWED:
        return "besides"
    return "soon" if target.due - day <= SOON else "later"


def by_part(lines: Iterable[Owed]) -> Mapping[str, list[Owed]]:
    found: dict[str, list[Owed]] = {part: [] for part in PARTS}
    for line in lines:
        found[line.part].append(line)
    return found
