"""Which files there are, as far as an actor may see the records they belong to."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.scoped import ScopedQuerySet

from .models import Attachment, Scan, Upload
from .reading import kinds_for

SHOWN_FOR = timedelta(days=14)  # that a virus was found in a file that had been kept back


def attachments_of(records: Iterable[int], actor: Actor) -> QuerySet[Attachment]:
    """The files of these records, oldest first. 1 query."""
    seen = _readable(actor).filter(pk__in=list(records)).values("pk")
    found = Attachment.objects.filter(record__in=seen, removed_at__isnull=True)
    return found.select_related("content", "record").order_by("added_at", "pk")


def attachment(actor: Actor, pk: int) -> Attachment:
    """Raises: NotFound, also for what the actor may not see."""
    found = Attachment.objects.filter(pk=pk, record__in=_readable(actor).values("pk"), removed_at__isnull=True)
    one = found.select_related("content", "record").first()
    if one is None:
        raise NotFound(_("There is no such file, or you may not see it."))
    return one


def _readable(actor: Actor) -> ScopedQuerySet[Record]:
    return Record.objects.visible_to(actor).filter(kind__in=kinds_for(actor.may))


def record_with_files(actor: Actor, pk: int) -> Record:
    """A record whose files the actor may read. Raises: NotFound."""
    found = _readable(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found


def half_uploads(record: Record, actor: Actor) -> QuerySet[Upload]:
    """The actor's own files on their way to this record, the newest first. 1 query."""
    found = Upload.objects.filter(record=record, person=actor.person_id, ended_at__isnull=True)
    return found.order_by("-begun_at") if actor.person_id is not None else found.none()


def upload(actor: Actor, key: str) -> Upload:
    """Raises: NotFound, also for an upload of somebody else."""
    found = Upload.objects.select_related("record", "attachment__record", "attachment__content")
    mine = found.filter(pk=key, person=actor.person_id).first() if actor.person_id is not None else None
    if mine is None:
        raise NotFound(_("This upload is no longer there: begin again."))
    return mine


def kept_back() -> QuerySet[Attachment]:
    """Files that wait for the virus scanner, of all records: for who looks after the installation."""
    found = Attachment.objects.filter(content__scan=Scan.WAITING, removed_at__isnull=True)
    return found.select_related("content", "record").order_by("added_at", "pk")


def taken_away() -> QuerySet[Attachment]:
    """Files in which the scanner found a virus after they had been kept back, in the last days; the newest first."""
    since = timezone.now() - SHOWN_FOR
    found = Attachment.objects.filter(content__scan=Scan.INFECTED, removed_at__gte=since)
    return found.select_related("content", "record").order_by("-removed_at", "pk")
