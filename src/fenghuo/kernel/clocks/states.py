"""How a clock stands: every one is in exactly one of these. For the database, and the same for one row in memory."""

from datetime import datetime

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from .models import Clock

# Ended before it was done, after its time, though nothing had taken the duty away: nobody did it (漏报).
MISSED_WHY = ("closed",)
LATE = ("overdue", "late", "missed")  # for these a reason is asked
STATES = {
    "running": _("running"),
    "paused": _("paused"),
    "overdue": _("overdue"),
    "in_time": _("done in time"),
    "late": _("done late"),
    "missed": _("not done"),
    "let_go": _("no longer due"),
}
OPEN = Q(met_at__isnull=True, ended_at__isnull=True)
# Nothing is late by a moment that is only the earliest, and what was in time when it was paused waits in time.
_KNOWN = Q(missing_year__isnull=True)
_MET_LATE = _KNOWN & Q(met_at__gt=F("due_at"))
_FELL_THROUGH = Q(ended_why__in=MISSED_WHY) & (
    Q(paused_at__isnull=True, ended_at__gt=F("due_at")) | Q(paused_at__gt=F("due_at"))
)


def overdue(now: datetime) -> Q:
    """Open after its end."""
    return OPEN & _KNOWN & (Q(paused_at__isnull=True, due_at__lt=now) | Q(paused_at__gt=F("due_at")))


def state(now: datetime) -> Case:
    """As a column. In this order, so that each clock is counted once."""
    return Case(
        When(_MET_LATE, then=Value("late")),
        When(met_at__isnull=False, then=Value("in_time")),
        When(_KNOWN & _FELL_THROUGH, then=Value("missed")),
        When(ended_at__isnull=False, then=Value("let_go")),
        When(overdue(now), then=Value("overdue")),
        When(paused_at__isnull=False, then=Value("paused")),
        default=Value("running"),
        output_field=CharField(),
    )


def state_of(clock: Clock, now: datetime) -> str:
    known, stopped = clock.missing_year is None, clock.paused_at
    if clock.met_at is not None:
        return "late" if known and clock.met_at > clock.due_at else "in_time"
    late = known and (stopped or clock.ended_at or now) > clock.due_at
    if clock.ended_at is not None:
        return "missed" if late and clock.ended_why in MISSED_WHY else "let_go"
    if late:
        return "overdue"
    return "running" if stopped is None else "paused"
