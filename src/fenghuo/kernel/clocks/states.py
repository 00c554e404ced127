"""How a clock stands: every one is in exactly one of these. Conditions for the database, a twin for one row."""

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .models import Clock

# Ended before it was done, after its time, though nothing had taken the duty away: nobody did it (漏报).
MISSED_WHY = ("closed", "missed")
OPEN = Q(met_at__isnull=True, ended_at__isnull=True)
IN_TIME = Q(met_at__lte=F("due_at"))
MET_LATE = Q(met_at__gt=F("due_at"))
MISSED = Q(met_at__isnull=True, ended_at__gt=F("due_at"), ended_why__in=MISSED_WHY)
LET_GO = Q(met_at__isnull=True, ended_at__isnull=False) & ~(Q(ended_at__gt=F("due_at")) & Q(ended_why__in=MISSED_WHY))

STATES = {
    "running": _("running"),
    "overdue": _("overdue"),
    "in_time": _("done in time"),
    "late": _("done late"),
    "missed": _("not done"),
    "let_go": _("no longer due"),
}


def overdue(now: datetime) -> Q:
    return OPEN & Q(due_at__lt=now)


def conditions(now: datetime) -> dict[str, Q]:
    """By the names of STATES; together they hold for every duty once."""
    return {
        "running": OPEN & ~Q(due_at__lt=now),
        "overdue": overdue(now),
        "in_time": IN_TIME,
        "late": MET_LATE,
        "missed": MISSED,
        "let_go": LET_GO,
    }


def state_of(clock: Clock, now: datetime) -> str:
    """The same for one row in memory."""
    if clock.met_at is not None:
        return "late" if clock.met_at > clock.due_at else "in_time"
    if clock.ended_at is not None:
        return "missed" if clock.ended_at > clock.due_at and clock.ended_why in MISSED_WHY else "let_go"
    return "overdue" if clock.due_at < now else "running"


def late_now(now: datetime) -> Q:
    """Duties for which a reason is asked: done late, not done, or still open after their end."""
    return Q(window=False) & (overdue(now) | MET_LATE | MISSED)
