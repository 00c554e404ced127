"""The matrix: every target and every unit that has to reach it, at one moment. Counted from records each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Moment, Progress
from fenghuo.kernel.measures.registering import measure_of, progress_of

from ..models import Quota, Target, WorkPlan
from ..reckoning import OWED, Reading, Stand, read
from ..scopes import Named, Scope, named_in, owes_at, scope_of, subjects_of, units_in
from ..spans import Span, spans_of
from .plans import targets_of


@dataclass(frozen=True, slots=True)
class Cell:
    unit: Unit
    reading: Reading


@dataclass(frozen=True, slots=True)
class Row:
    """`cells`: by the key of the unit, those that the actor may see. `everyone`: how many units have to reach it."""

    target: Target
    named: Named
    measured: bool
    cells: Mapping[int, Cell]
    everyone: int

    @property
    def owed(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.reading.stand in OWED]

    @property
    def done(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.reading.stand is Stand.DONE)

    @property
    def overdue(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.reading.stand is Stand.OVERDUE]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`units`: all that stand in any row, by place."""

    plan: WorkPlan
    moment: Moment
    rows: Sequence[Row]
    units: Sequence[Unit]

    @property
    def measured(self) -> list[Row]:
        return [row for row in self.rows if row.measured]

    @property
    def percent(self) -> int | None:
        """Of what is owed and measured, what is reached, by weight, rounded down; None where nothing is."""
        total = sum(row.target.weight * len(row.owed) for row in self.measured)
        return 100 * sum(row.target.weight * row.done for row in self.measured) // total if total else None


@dataclass(slots=True)
class _Asked:
    """A target while it is reckoned. `places`: of its asks among all."""

    target: Target
    scope: Scope
    named: Named
    spans: Sequence[Span]
    places: list[int] = field(default_factory=list)


def matrix(actor: Actor, plan: WorkPlan, moment: Moment, *, targets: Iterable[Target] | None = None) -> Matrix:
    """`targets`: those wanted, as targets_of gives them. As many queries for many, and for many units, as for few."""
    require(actor, "workplans.read")
    asked = [_asked(target, plan) for target in (targets_of(plan, moment) if targets is None else targets)]
    owners = {unit.pk for one in asked for unit in _owners(one, plan)}
    units = list(units_in([one.scope for one in asked], moment, actor, owners))
    subjects = subjects_of(units, [one.scope for one in asked])
    owing = [
        (one, [unit for unit in units if one.scope.holds(unit, subjects.get(unit.record_id, ()))]) for one in asked
    ]
    seen = {unit.pk for unit in units if unit.seen}  # type: ignore[attr-defined]
    answers = _answers(asked, units, moment)
    rows = [_row(one, theirs, plan, answers, seen, actor, moment.day) for one, theirs in owing]
    there = {pk for row in rows for pk in row.cells}
    return Matrix(plan, moment, rows, [unit for unit in units if unit.record_id in there])


def asks_of(target: Target, spans: Iterable[Span]) -> list[Ask]:
    options = {str(name): str(value) for name, value in target.options.items()}
    return [Ask(target.measure, span.since, span.until, options) for span in spans]


def _asked(target: Target, plan: WorkPlan) -> _Asked:
    spans = spans_of(plan.year, target.every, target.due)
    return _Asked(target, scope_of(target, plan.region.path), named_in(target), spans)


def _owners(one: _Asked, plan: WorkPlan) -> Sequence[Unit]:
    """Of what is reached in sum: who leads it, else who keeps the plan."""
    if not one.target.together:
        return ()
    keeper = plan.record.unit
    return one.named.lead or ([keeper] if keeper is not None else [])


type Answers = Sequence[Mapping[int, Progress] | None]


def _answers(asked: Sequence[_Asked], units: Sequence[Unit], moment: Moment) -> Answers:
    asks = list[Ask]()
    for one in asked:
        if measure_of(one.target.measure) is not None:
            wanted = asks_of(one.target, one.spans)
            one.places = list(range(len(asks), len(asks) + len(wanted)))
            asks += wanted
    return progress_of(asks, units, moment)


def _row(
    one: _Asked,
    units: Sequence[Unit],
    plan: WorkPlan,
    answers: Answers,
    seen: set[int],
    actor: Actor,
    day: date,
) -> Row:
    measured = bool(one.places)
    leads = actor.unit_id is not None and any(unit.pk == actor.unit_id for unit in one.named.lead)
    parts = [(span.due, answers[place]) for span, place in zip(one.spans, one.places, strict=False)]
    reckon = _Reckoning(one, parts, day) if measured else None
    if one.target.together:
        shown, everyone = _owners(one, plan), units
        reading = reckon.summed(everyone) if reckon else Reading(Stand.UNMEASURED)
        cells = {unit.pk: Cell(unit, reading) for unit in shown if unit.record_id in seen or leads}
        return Row(one.target, one.named, measured, cells, len(shown))
    unmeasured = Reading(Stand.UNMEASURED)
    cells = {
        unit.record_id: Cell(unit, reckon.of(unit) if reckon else unmeasured)
        for unit in units
        if leads or unit.record_id in seen
    }
    return Row(one.target, one.named, measured, cells, len(units))


class _Reckoning:
    """Of one target: the same figures are read once."""

    def __init__(self, one: _Asked, parts: Sequence[tuple[date, Mapping[int, Progress] | None]], day: date) -> None:
        target = one.target
        self._parts, self._day, self._quota = parts, day, target.quota
        self._percent = target.quota_kind == Quota.PERCENT
        measure = measure_of(target.measure)
        self._empty = Progress(0, 0 if measure is not None and measure.share else None)
        self._known: dict[tuple[Progress | None, ...], Reading] = {}

    def of(self, unit: Unit) -> Reading:
        figures = tuple(
            part.get(unit.record_id, self._empty) if part is not None else None for _due, part in self._parts
        )
        if unit.valid_from is not None:
            owed = [place for place, (due, _part) in enumerate(self._parts) if owes_at(unit, due)]
            if len(owed) < len(self._parts):
                return self._read([self._parts[place][0] for place in owed], [figures[place] for place in owed])
        known = self._known.get(figures)
        if known is None:
            known = self._known[figures] = self._read([due for due, _part in self._parts], figures)
        return known

    def summed(self, units: Sequence[Unit]) -> Reading:
        figures = list[Progress | None]()
        for _due, part in self._parts:
            if part is None:
                figures.append(None)
                continue
            each = [part.get(unit.record_id, self._empty) for unit in units]
            asked = sum(one.asked or 0 for one in each) if self._empty.asked is not None else None
            figures.append(Progress(sum(one.value for one in each), asked))
        return self._read([due for due, _part in self._parts], figures)

    def _read(self, dues: Sequence[date], figures: Sequence[Progress | None]) -> Reading:
        if not dues:
            return Reading(Stand.FREE)
        spans = list(zip(dues, figures, strict=True))
        return read(spans, quota=self._quota, percent=self._percent, day=self._day)
