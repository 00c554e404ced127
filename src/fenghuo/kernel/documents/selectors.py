"""Which files there are, as far as an actor may see the records they belong to."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.scoped import ScopedQuerySet

from .models import Attachment
from .reading import kinds_for


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
