"""Where a merged row went, and which merges somebody may look at."""

from django.db.models import QuerySet

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record

from ..models import Merged

STEPS_MOST = 20  # of merges into one that was merged itself


def where_it_went(pk: int) -> int:
    """The key of the record that stands for this one now: itself, unless it was merged."""
    for _step in range(STEPS_MOST):
        kept = Merged.objects.filter(gone=pk, separated_at=None).values_list("kept", flat=True).first()
        if kept is None:
            return pk
        pk = kept
    return pk


def merged_into(record: Record) -> Record | None:
    """For old links: the record into which this one was merged in the end. No query for one that is not archived."""
    if record.archived_at is None:
        return None
    pk = where_it_went(record.pk)
    return None if pk == record.pk else Record.objects.select_related("unit").get(pk=pk)


def merges(actor: Actor, kind: str) -> QuerySet[Merged]:
    """The merges of this kind of which the actor may see both sides, the latest first."""
    seen = Record.objects.visible_to(actor).filter(kind=kind).values("pk")
    found = Merged.objects.filter(kind=kind, kept__in=seen, gone__in=seen)
    return found.select_related("kept__unit", "gone__unit").order_by("-merged_at", "-pk")
