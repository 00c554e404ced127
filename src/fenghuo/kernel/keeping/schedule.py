"""When the daily backup is due: FENGHUO_BACKUP_AT, by the county's clock."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

AGAIN = timedelta(minutes=30)  # after an attempt that failed


def last_turn(now: datetime) -> datetime:
    """The last moment at or before `now` at which a daily backup was due."""
    at = time.fromisoformat(settings.BACKUP_AT)
    local = timezone.localtime(now)
    turn = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return turn if turn <= local else turn - timedelta(days=1)


def is_due(now: datetime) -> bool:
    """Whether a daily backup is to be made now: none since the last turn, and no attempt that has just failed.

    An installation that is younger than its last turn waits for the next one. 2 queries.
    """
    from fenghuo.kernel.journal.models import Entry

    from .models import Backup, State

    if not settings.BACKUP_AT:
        return False
    turn = last_turn(now)
    made = Backup.objects.filter(state=State.MADE, made_at__gte=turn)
    tried = Backup.objects.filter(state=State.FAILED, made_at__gte=now - AGAIN)
    if made.union(tried).exists():
        return False
    return Entry.objects.filter(recorded_at__lt=turn).exists()
