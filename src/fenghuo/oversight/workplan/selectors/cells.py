"""One cell: the records that count, those that are missing, and those that count no longer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import seen_of
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece
from fenghuo.kernel.measures.registering import Measure, measure_of
from fenghuo.kernel.web.addresses import address_of

from ..models import Target
from ..scopes import scope_of, subjects_of, units_in
from ..spans import Span, spans_of
from .matrix import Cell, asks_of, matrix

MOST = 200  # of one kind on the page of a cell


@dataclass(frozen=True, slots=True)
class Shown:
    piece: Piece
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One span of the year. `hidden`: how many count that the actor may not see; `more`: that are not listed."""

    span: Span
    counting: Sequence[Shown]
    ended: Sequence[Shown]
    lacking: Sequence[Lack]
    hidden: int
    more: int


@dataclass(frozen=True, slots=True)
class Detail:
    cell: Cell
    parts: Sequence[Part]


def detail(actor: Actor, target: Target, unit: Unit, moment: Moment) -> Detail:
    """Raises: NotFound (the unit does not have to reach it, or the actor may not see it there)."""
    found = matrix(actor, target.clause.plan, moment, targets=[target])
    cell = found.rows[0].cells.get(unit.pk) if found.rows else None
    if cell is None:
        raise NotFound(_("This unit has no part in this target on that day, or you may not see it."))
    measure = measure_of(target.measure)
    if measure is None:
        return Detail(cell, [])
    units = _everyone(target, moment, actor) if target.together else [unit]
    spans = spans_of(target.clause.plan.year, target.every, target.due)
    asks = asks_of(target, spans)
    parts = [_part(actor, measure, ask, span, units, moment) for ask, span in zip(asks, spans, strict=True)]
    return Detail(cell, parts)


def first_lacks(actor: Actor, target: Target, unit: Unit, moment: Moment, most: int = 3) -> list[Lack]:
    """What is missing first, for a unit's own list; nothing for what is not measured."""
    measure = measure_of(target.measure)
    if measure is None or target.together:
        return []
    spans = spans_of(target.clause.plan.year, target.every, target.due)
    current = next((place for place, span in enumerate(spans) if span.due >= moment.day), len(spans) - 1)
    lacks = measure.lacks(asks_of(target, spans)[current], unit, moment)
    return _seen_lacks(actor, lacks)[:most]


def _everyone(target: Target, moment: Moment, actor: Actor) -> list[Unit]:
    scope = scope_of(target, target.clause.plan.region.path)
    units = list(units_in([scope], moment, actor))
    subjects = subjects_of(units, [scope])
    return [unit for unit in units if scope.holds(unit, subjects.get(unit.pk, ()))]


def _part(actor: Actor, measure: Measure, ask: Ask, span: Span, units: Sequence[Unit], moment: Moment) -> Part:
    pieces = [piece for unit in units for piece in measure.pieces(ask, unit, moment)]
    lacks = [lack for unit in units for lack in measure.lacks(ask, unit, moment)]
    records = Record.objects.in_bulk(seen_of(actor, (piece.record for piece in pieces)))
    shown = [
        Shown(piece, piece.address or address_of(records[piece.record])) for piece in pieces if piece.record in records
    ]
    counting = [one for one in shown if not one.piece.why]
    hidden = sum(1 for piece in pieces if not piece.why and piece.record not in records)
    seen = _seen_lacks(actor, lacks)
    more = max(0, len(counting) - MOST) + max(0, len(seen) - MOST)
    return Part(span, counting[:MOST], [one for one in shown if one.piece.why], seen[:MOST], hidden, more)


def _seen_lacks(actor: Actor, lacks: Sequence[Lack]) -> list[Lack]:
    """Without those about records that the actor may not see; with the page of the record where none else is named."""
    records = Record.objects.in_bulk(seen_of(actor, (lack.record for lack in lacks if lack.record is not None)))
    found = []
    for lack in lacks:
        if lack.record is None:
            found.append(lack)
        elif lack.record in records:
            found.append(lack._replace(address=lack.address or address_of(records[lack.record])))
    return found
