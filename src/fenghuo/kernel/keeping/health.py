"""Whether the daily backup is made."""

from datetime import datetime, timedelta

from django.conf import settings

from fenghuo.kernel.web.health import waits_at_most

from .schedule import last_turn
from .selectors import GRACE, missing


@waits_at_most("backup", GRACE)
def backup(now: datetime) -> timedelta | None:
    """Only where a daily backup is configured: then the time since the turn that nobody has carried out."""
    if not settings.BACKUP_AT or not missing(now).exists():
        return None
    return now - last_turn(now - GRACE)
