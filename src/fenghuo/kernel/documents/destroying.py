"""Files that an order removes: bytes that no other record uses are gone from the folder after the commit."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from . import store
from .models import Attachment, Content, Doomed


def _held(records: Keys) -> Counts:
    return {"files": Attachment.objects.filter(record__in=records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    """Also files that had been taken off the records: their bytes stayed as evidence, and go now."""
    ours = Attachment.objects.filter(record__in=records)
    digests = {digest for row in ours.values_list("content", "preview") for digest in row if digest is not None}
    if not digests:
        return {}
    count, _by_model = ours.delete()
    _doom(digests)
    return {"files": count}


def _doom(digests: set[str]) -> None:
    """Contents that no record uses any more. What another record shows, or shows small, stays."""
    used = Attachment.objects.filter(Q(content__in=digests) | Q(preview__in=digests))
    still = {digest for row in used.values_list("content", "preview") for digest in row}
    gone = sorted(digests - still)
    Content.objects.filter(pk__in=gone).delete()
    Doomed.objects.bulk_create([Doomed(digest=digest) for digest in gone], ignore_conflicts=True)


def remove_doomed() -> None:
    """Take doomed bytes off the disk. Each row is held meanwhile, so that nobody attaches the same bytes just then."""
    for digest in Doomed.objects.values_list("pk", flat=True):
        with transaction.atomic():
            row = Doomed.objects.select_for_update(skip_locked=True).filter(pk=digest).first()
            if row is None:
                continue
            if not Content.objects.filter(pk=digest).exists():
                store.remove(digest)
            row.delete()


def _sweep_uploads(before: datetime) -> int:
    """Bytes that were brought and never came to a record: the upload was cut off, or refused afterwards."""
    count = 0
    for path in store.lying_since(before):
        if path.parent.name != store.INCOMING and Content.objects.filter(pk=path.name).exists():
            continue
        path.unlink(missing_ok=True)
        count += 1
    return count


add(
    Room(
        name="documents",
        things={"files": _("files"), "uploads": _("uploads that belong to nothing")},
        held=_held,
        remove=_remove,
        finish=remove_doomed,
        sweeps={"upload": _sweep_uploads},
    )
)
