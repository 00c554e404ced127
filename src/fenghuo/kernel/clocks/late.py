"""What was done late, or has not been done by its end, stands on record once, as of its end."""

from collections.abc import Sequence

from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import Draft, record_many

from .models import Clock
from .planning import LOOKED, look_again


def note_late(clocks: Sequence[Clock]) -> list[int]:
    """Put on record that these are late, as of their end; the entries."""
    return record_many(
        [
            Draft(
                "clock.late",
                SYSTEM,
                [clock.record_id],
                clock.due_at,
                {"rule": clock.rule, "turn": clock.turn, "due": clock.due_at.isoformat()},
            )
            for clock in clocks
        ]
    )


def judge_met(clock: Clock) -> tuple[str, ...]:
    """It was done at `met_at`: nobody is told any more; which fields changed. In the caller's transaction.

    One that was on record as late, and turns out to have been done in time, is late no longer.
    """
    assert clock.met_at is not None
    clock.next_at = None
    if clock.window or clock.missing_year is not None or clock.met_at <= clock.due_at:
        clock.late_noted_at = None
    elif clock.late_noted_at is None:
        clock.late_noted_at = timezone.now()
        note_late([clock])
    return LOOKED


def plan_anew(clock: Clock) -> tuple[str, ...]:
    """Its end has moved, or it was stopped or runs again: what is late and who is told moves with it; which fields."""
    return judge_met(clock) if clock.met_at is not None else look_again(clock, timezone.now())
