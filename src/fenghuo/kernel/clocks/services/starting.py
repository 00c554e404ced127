"""Starting clocks and keeping them to the facts. Called by rooms' journal listeners, in the writer's transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import record as put_on_record
from fenghuo.standards.deadlines import Deadline, Facts, Ruleset

from ..late import plan_anew
from ..models import Clock
from ..rulebook import rules
from .rows import insert, new_row, places, reckon

NOT_APPLICABLE = "not_applicable"


def start_for_many(subject: str, learned: Sequence[tuple[int, int, datetime]]) -> None:
    """Start the rules that hold for any record of this subject: (record, entry, when it was learned) each.

    One statement however many there are, since intake calls it; one query more when some place has rules of its own.
    """
    book, zone = rules(), timezone.get_current_timezone()
    place = places(record for record, _, _ in learned) if book.asks_for_place(subject) else {}
    holding: dict[tuple[date, str], list[Deadline]] = {}
    rows = []
    for record, entry, at in learned:
        day_and_place = at.astimezone(zone).date(), place.get(record, "")
        if day_and_place not in holding:
            holding[day_and_place] = _holding_at(at, subject, place.get(record, ""), book)
        rows += [
            new_row(record, rule, at, book.calendar, entry, certainty=rule.certainty(""))
            for rule in holding[day_and_place]
        ]
    insert(rows)


def _holding_at(at: datetime, subject: str, place: str, book: Ruleset) -> list[Deadline]:
    """Those with a clock, of that day; where there were none yet (a sender's clock is wrong), those of today."""
    zone = timezone.get_current_timezone()
    for day in (at, timezone.now()):
        holding = book.holding(subject, Facts(), {"learned": day}, zone, place)
        if with_a_number := [rule for rule in holding if not rule.at_once]:
            return with_a_number
    return []


def settle(record: int, subject: str, facts: Facts, anchors: Mapping[str, datetime], entry: int) -> None:
    """Make the record's clocks those that its facts ask for: start, move with the anchor, end, or let go on again.

    `anchors`: the moments that are known, by the words of the rules (learned, occurred, issued …); rules that count
    from another do not start yet. Each rule holds in the wording of its anchor's day. A clock that was met keeps that,
    but moves with a corrected anchor too, so that late stays truly late.
    """
    book, zone = rules(), timezone.get_current_timezone()
    place = places([record])[record] if book.asks_for_place(subject) else ""
    holding = {rule.id: rule for rule in book.holding(subject, facts, anchors, zone, place) if not rule.at_once}
    known = {clock.rule: clock for clock in Clock.objects.filter(record=record, turn=0)}
    for clock in known.values():
        if (wording := holding.get(clock.rule) or book.wording(clock.rule, clock.version)) is not None:
            _change(clock, wording, clock.rule in holding, anchors, book)
    insert(
        new_row(record, rule, anchors[rule.anchor], book.calendar, entry, certainty=rule.certainty(facts.kind))
        for rule in holding.values()
        if rule.id not in known
    )


def start_turn(
    record: int, subject: str, facts: Facts, anchors: Mapping[str, datetime], entry: int, *, turn: int
) -> None:
    """A round of its own for each rule that the facts ask for, as of a paper that is sent again. Twice does no harm."""
    book, zone = rules(), timezone.get_current_timezone()
    place = places([record])[record] if book.asks_for_place(subject) else ""
    known = set(Clock.objects.filter(record=record, turn=turn).values_list("rule", flat=True))
    insert(
        new_row(
            record, rule, anchors[rule.anchor], book.calendar, entry, certainty=rule.certainty(facts.kind), turn=turn
        )
        for rule in book.holding(subject, facts, anchors, zone, place)
        if not rule.at_once and rule.id not in known
    )


def _change(clock: Clock, wording: Deadline, applies: bool, anchors: Mapping[str, datetime], book: Ruleset) -> None:
    started_at = anchors.get(wording.anchor, clock.started_at)
    if clock.started_at != started_at and (applies or clock.met_at is not None) and not wording.at_once:
        before, clock.started_at = clock.due_at, started_at
        clock.version, clock.anchor = wording.version, wording.anchor
        moved = reckon(clock, wording, book.calendar)
        clock.save(update_fields=["started_at", "version", "anchor", *moved])
        put_on_record(
            "clock.moved",
            SYSTEM,
            about=[clock.record_id],
            public={"rule": wording.id, "from": before.isoformat(), "to": clock.due_at.isoformat()},
        )
    if clock.met_at is not None:
        return
    if not applies and clock.ended_at is None:
        clock.ended_at, clock.ended_why = timezone.now(), NOT_APPLICABLE
        clock.save(update_fields=["ended_at", "ended_why", *plan_anew(clock)])
    elif applies and clock.ended_why == NOT_APPLICABLE:
        clock.ended_at, clock.ended_why = None, ""
        clock.save(update_fields=["ended_at", "ended_why", *plan_anew(clock)])
