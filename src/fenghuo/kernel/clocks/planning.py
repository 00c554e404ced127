"""When the tick has to look at a clock, and what it has to do then: rows and a moment in, a plan out."""

import logging
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from django.conf import settings

from fenghuo.standards.notice_steps import KINDS, Row, Step, first_moment, notice_rows, steps

from .models import Clock

LOG = logging.getLogger(__name__)
LOOKED = ("next_at", "told_until", "late_noted_at")  # what look_again changes


@dataclass(frozen=True, slots=True)
class Plan:
    """`tell`: all steps whose moment has come and of which nobody was told, as one. `late`: put that on record now."""

    tell: Step | None
    late: bool
    told_until: datetime | None
    next_at: datetime | None


def rows() -> tuple[Row, ...]:
    """Those of the county; the shipped ones when its file cannot be read, since no deadline may fail for that."""
    try:
        return notice_rows(settings.OWN_NOTICE_STEPS)
    except (OSError, ValueError) as error:
        _say_once(str(error))
        return notice_rows()


@lru_cache(maxsize=16)
def _say_once(error: str) -> None:
    LOG.error("%s is not in force: %s", settings.OWN_NOTICE_STEPS.name, error)


def runs(clock: Clock) -> bool:
    """Whether anything is to be done about it: a duty that is open, not paused, and whose end is known."""
    open_ = clock.met_at is None and clock.ended_at is None
    return open_ and not clock.window and clock.paused_at is None and clock.missing_year is None


def first_look(started_at: datetime, due_at: datetime, zone: tzinfo) -> datetime:
    """When the tick looks at a new clock for the first time."""
    return first_moment(started_at, due_at, zone, rows())


def look_again(clock: Clock, now: datetime) -> tuple[str, ...]:
    """After its end was moved, or it was stopped or goes on: which fields changed. Its notices move with it.

    One that is no longer late is told of anew; one that was late and still is, is not.
    """
    if clock.due_at > now or clock.missing_year is not None:
        clock.told_until = clock.late_noted_at = None
    clock.next_at = now if runs(clock) else None
    return LOOKED


def plan(clock: Clock, now: datetime, zone: tzinfo, known: datetime) -> Plan:
    """What is to be done about it now. Steps that were slept through are told of as one, never one after the other.

    A step is done when `told_until` has reached its moment, whatever the clock on the wall did meanwhile.
    """
    if not runs(clock):
        return Plan(None, False, clock.told_until, None)
    late = clock.late_noted_at is None and clock.due_at <= now
    ahead = [
        step
        for step in steps(clock.started_at, clock.due_at, zone, rows(), known)
        if clock.told_until is None or step.moment > clock.told_until
    ]
    due = [step for step in ahead if step.moment <= now]
    moments = [step.moment for step in ahead if step.moment > now]
    if clock.due_at > now:
        moments.append(clock.due_at)
    tell = _as_one(due)
    if tell is not None and tell.kind == "before" and clock.due_at <= now:
        tell = None  # slept through; that it is late is told within the minute
    return Plan(tell, late, due[-1].moment if due else clock.told_until, min(moments, default=None))


def _as_one(due: list[Step]) -> Step | None:
    """The last that is due, for all whom the steps of its weight would have told."""
    if not due:
        return None
    heaviest = max(due, key=lambda step: KINDS.index(step.kind)).kind
    late = heaviest != "before"
    to = [role for step in due if (step.kind != "before") == late for role in step.to]
    return Step(heaviest, due[-1].moment, tuple(dict.fromkeys(to)))
