"""Meeting and ending clocks, and the next round of those that repeat. Called in the writer's transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from fenghuo.standards.deadlines import Deadline, Ruleset, Schedule

from ..late import judge_met
from ..models import Clock
from ..planning import look_again
from ..rulebook import rules
from .rows import insert, new_row, places, reckon


def meet(record: int, names: Iterable[str], at: datetime, entry: int) -> list[str]:
    """The duty was done at this moment; a rule that repeats begins its next round. Which rules were met.

    All rounds that had begun are met by it, those of fixed dates that nobody began yet included; rounds that begin
    then or later are not: today's report at 08:50 is not tomorrow's.
    """
    book = rules()
    running = Clock.objects.filter(record=record, rule__in=list(names), met_at__isnull=True, ended_at__isnull=True)
    met: dict[str, None] = {}
    for clock in running.select_for_update(of=("self",)).order_by("rule", "turn"):
        following: Clock | None = clock
        while following is not None and not (following.turn and following.started_at >= at):
            clock = following
            _meet_one(clock, at, entry, book)
            met[clock.rule] = None
            following = _next_round(clock, at, entry, book)
    return list(met)


def start_next(clock: Clock, *, entry: int) -> Clock | None:
    """The round's moment has come and the rule has fixed dates: its next round begins, done or not.

    For the tick, with the entry that it wrote. The round that began; never twice, whoever comes first.
    """
    book = rules()
    wording = book.wording(clock.rule, clock.version)
    if wording is None or not isinstance(wording.span, Schedule):
        return None  # as nearly all: nothing is asked of the database
    held = Clock.objects.select_for_update(of=("self",)).get(pk=clock.pk)
    if held.ended_at is not None:
        return None
    return _next_round(held, held.due_at, entry, book)


def end(records: Iterable[int], at: datetime, why: str, *, repeating_only: bool = False) -> None:
    """They no longer run. `repeating_only`: duties that were to be done once stay, done or late."""
    running = Clock.objects.filter(record__in=list(records), met_at__isnull=True, ended_at__isnull=True)
    if repeating_only:
        running = running.filter(rule__in={row.id for row in rules().rows if row.repeats})
    running.update(ended_at=at, ended_why=why, next_at=None)


def go_on(record: int, why: str) -> None:
    """Clocks that were ended for this reason run again."""
    ended = Clock.objects.filter(record=record, ended_why=why, met_at__isnull=True)
    ended.update(ended_at=None, ended_why="", next_at=timezone.now())


def reopen(record: int, names: Iterable[str]) -> list[str]:
    """It turned out not to be done after all (the paper was withdrawn): it runs on as it did. Which rules."""
    met = Clock.objects.filter(record=record, rule__in=list(names), met_at__isnull=False, ended_at__isnull=True)
    found = list(met.select_for_update(of=("self",)).order_by("rule", "turn"))
    for clock in found:
        clock.met_at = clock.met_by = None
        clock.save(update_fields=["met_at", "met_by", *look_again(clock, timezone.now())])
    return [clock.rule for clock in found]


def _meet_one(clock: Clock, at: datetime, entry: int, book: Ruleset) -> None:
    clock.met_at, clock.met_by_id = at, entry
    if clock.paused_at is not None:
        _close_pause(clock, at, entry, book)
    clock.save(update_fields=["met_at", "met_by", *judge_met(clock)])


def _next_round(clock: Clock, at: datetime, entry: int, book: Ruleset) -> Clock | None:
    """Of fixed dates from the round's own end, without gaps; else from when the duty was done. None if it is there."""
    rule = book.wording(clock.rule, clock.version)
    if rule is None or not rule.repeats:
        return None
    begins = clock.due_at if isinstance(rule.span, Schedule) else at
    wording = _wording_of_round(clock, rule, begins, book)
    turns = Clock.objects.filter(record=clock.record_id, rule=clock.rule, turn=clock.turn + 1)
    if wording is None or not wording.repeats or turns.exists():
        return None
    certainty = clock.certainty if wording.version == clock.version else wording.certainty("")
    insert([new_row(clock.record_id, wording, begins, book.calendar, entry, certainty=certainty, turn=clock.turn + 1)])
    return turns.get()


def _wording_of_round(clock: Clock, rule: Deadline, begins: datetime, book: Ruleset) -> Deadline | None:
    """The round lives under what the rule says on its own first day."""
    place = places([clock.record_id])[clock.record_id] if book.asks_for_place(rule.subject) else ""
    day = begins.astimezone(timezone.get_current_timezone()).date()
    return book.choose(clock.rule, {row.anchor: day for row in book.wordings(clock.rule)}, place)


def _close_pause(clock: Clock, at: datetime, entry: int, book: Ruleset) -> None:
    clock.pauses.filter(until__isnull=True).update(until=at, resumed_by=entry)
    clock.paused_at = None
    rule = book.wording(clock.rule, clock.version)
    clock.save(update_fields=["paused_at", *(reckon(clock, rule, book.calendar) if rule is not None else ())])
