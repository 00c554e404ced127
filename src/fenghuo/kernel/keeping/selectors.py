"""What may be asked about backups."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registry.selectors.regions import homes

from .models import Backup, State
from .schedule import last_turn

WITHOUT_SCHEDULE = timedelta(days=7)  # as long as this somebody may go without a backup before it is said
GRACE = timedelta(hours=2)  # a backup that is due has this long to be made


def backups(actor: Actor) -> QuerySet[Backup]:
    """All, newest first. They are the installation's own, so there is no sight but the right. Raises: NotAllowed."""
    require(actor, "backups.manage")
    return Backup.objects.order_by("-made_at", "-pk")


def backups_made_before(moment: datetime) -> list[Backup]:
    """Those that may still hold what was destroyed at `moment`: made before it, and not known to be gone.

    `keep_until` is the day on which each expires; one that is past it is still named while its file may be there.
    """
    there = Backup.objects.filter(made_at__lt=moment, removed_at=None)
    return list(there.exclude(state=State.FAILED).order_by("keep_until", "pk"))


def newest() -> Backup | None:
    """The newest that was made, wherever it is now."""
    return Backup.objects.filter(state=State.MADE).order_by("-made_at", "-pk").first()


def expired() -> QuerySet[Backup]:
    """Past their day and not known to be gone."""
    there = Backup.objects.filter(removed_at=None, keep_until__lt=timezone.localdate())
    return there.exclude(state=State.FAILED)


def failed_since_newest() -> QuerySet[Backup]:
    """Attempts after which none has succeeded."""
    later = Backup.objects.filter(state=State.MADE, made_at__gte=OuterRef("made_at"))
    return Backup.objects.filter(~Exists(later), state=State.FAILED)


def wanted_since(now: datetime) -> datetime:
    """No backup newer than this: one is missing. By the schedule, else WITHOUT_SCHEDULE ago."""
    return last_turn(now - GRACE) if settings.BACKUP_AT else now - WITHOUT_SCHEDULE


def missing(now: datetime) -> QuerySet[Region]:
    """The home region when a backup is missing in an installation that has run long enough to have one. 1 query."""
    since = wanted_since(now)
    made = Backup.objects.filter(state=State.MADE, made_at__gte=since)
    old_enough = Entry.objects.filter(recorded_at__lt=since)
    home = Region.objects.filter(pk__in=homes().values("pk")[:1], record__demo=False)
    return home.filter(Exists(old_enough), ~Exists(made))
