"""Starting, meeting, moving and ending clocks. Called by rooms' journal listeners, in the writer's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.rows import Rows, insert_rows
from fenghuo.kernel.journal.recording import record as put_on_record
from fenghuo.standards.deadlines import Deadline, Facts, deadlines

from .late import judge_met
from .models import Clock
from .planning import first_look, look_again

COLUMNS = (
    *("record", "rule", "turn", "anchor", "started_at", "due_at", "way", "window", "source", "article", "certainty"),
    *("entry", "ended_why", "next_at"),
)
NOT_APPLICABLE = "not_applicable"


def rules() -> dict[str, Deadline]:
    """The rules in force here, the county's own rows in place of the shipped ones."""
    return deadlines(settings.OWN_DEADLINES)


def start_for_many(subject: str, learned: Sequence[tuple[int, int, datetime]]) -> None:
    """Start the rules that hold for any record of this subject: (record, entry, when it was learned) each.

    One statement however many there are, since intake calls it.
    """
    zone, day = timezone.get_current_timezone(), timezone.localdate()
    wanted = [rule for rule in rules().values() if rule.subject == subject and rule.applies(Facts(), day)]
    rows = [
        _row(record, rule, 0, at, rule.span.end(at, zone), "", entry)
        for record, entry, at in learned
        for rule in wanted
    ]
    insert_rows(Rows(Clock, COLUMNS, rows))


def settle(record: int, subject: str, facts: Facts, anchors: Mapping[str, datetime], entry: int) -> None:
    """Make the record's clocks those that its facts ask for: start, move with the anchor, end, or let go on again.

    A clock that was met keeps that, but moves with a corrected anchor too, so that late stays truly late.
    """
    zone, day = timezone.get_current_timezone(), timezone.localdate(anchors["occurred"])
    known = {clock.rule: clock for clock in Clock.objects.filter(record=record, turn=0)}
    fresh = []
    for rule in rules().values():
        if rule.subject != subject:
            continue
        applies, clock = rule.applies(facts, day), known.get(rule.id)
        if applies and clock is None:
            at = anchors[rule.anchor]
            fresh.append(_row(record, rule, 0, at, rule.span.end(at, zone), facts.kind, entry))
        elif clock is not None:
            _change(clock, rule, applies, anchors[rule.anchor], rule.span.end(anchors[rule.anchor], zone))
    insert_rows(Rows(Clock, COLUMNS, fresh))


def meet(record: int, names: Iterable[str], at: datetime, entry: int) -> list[str]:
    """The duty was done at this moment; a rule that repeats begins its next round. Which rules were met."""
    zone, known = timezone.get_current_timezone(), rules()
    running = Clock.objects.filter(record=record, rule__in=list(names), met_at__isnull=True, ended_at__isnull=True)
    met = []
    for clock in running:
        clock.met_at, clock.met_by_id = at, entry
        clock.save(update_fields=["met_at", "met_by", *judge_met(clock)])
        met.append(clock.rule)
        rule = known.get(clock.rule)
        if rule is not None and rule.repeats:
            due = rule.span.end(at, zone)
            insert_rows(Rows(Clock, COLUMNS, [_row(record, rule, clock.turn + 1, at, due, "", entry, clock)]))
    return met


def end(records: Iterable[int], at: datetime, why: str, *, repeating_only: bool = False) -> None:
    """They no longer run. `repeating_only`: duties that were to be done once stay, done or late."""
    running = Clock.objects.filter(record__in=list(records), met_at__isnull=True, ended_at__isnull=True)
    if repeating_only:
        running = running.filter(rule__in=[rule.id for rule in rules().values() if rule.repeats])
    running.update(ended_at=at, ended_why=why, next_at=None)


def go_on(record: int, why: str) -> None:
    """Clocks that were ended for this reason run again."""
    Clock.objects.filter(record=record, ended_why=why, met_at__isnull=True).update(
        ended_at=None, ended_why="", next_at=timezone.now()
    )


def _change(clock: Clock, rule: Deadline, applies: bool, started_at: datetime, due_at: datetime) -> None:
    if clock.started_at != started_at and (applies or clock.met_at is not None):
        before, clock.started_at, clock.due_at = clock.due_at, started_at, due_at
        told = judge_met(clock) if clock.met_at is not None else look_again(clock, timezone.now())
        clock.save(update_fields=["started_at", "due_at", *told])
        put_on_record(
            "clock.moved",
            SYSTEM,
            about=[clock.record_id],
            public={"rule": rule.id, "from": before.isoformat(), "to": due_at.isoformat()},
        )
    if clock.met_at is not None:
        return
    if not applies and clock.ended_at is None:
        clock.ended_at, clock.ended_why = timezone.now(), NOT_APPLICABLE
        clock.save(update_fields=["ended_at", "ended_why", *look_again(clock, clock.ended_at)])
    elif applies and clock.ended_why == NOT_APPLICABLE:
        clock.ended_at, clock.ended_why = None, ""
        clock.save(update_fields=["ended_at", "ended_why", *look_again(clock, timezone.now())])


def _row(
    record: int,
    rule: Deadline,
    turn: int,
    at: datetime,
    due: datetime,
    kind: str,
    entry: int,
    before: Clock | None = None,
) -> tuple[object, ...]:
    certainty = before.certainty if before else rule.certainty(kind)
    look = None if rule.window else first_look(at, due, timezone.now(), timezone.get_current_timezone())
    return (
        *(record, rule.id, turn, rule.anchor, at, due, rule.way, rule.window, rule.source, rule.article, certainty),
        *(entry, "", look),
    )
