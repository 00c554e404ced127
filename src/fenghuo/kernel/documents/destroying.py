"""Files that an order removes: bytes that no other record uses are gone from the folder after the commit."""

import shutil
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from . import store
from .models import Attachment, Content, Doomed, Upload

KEY = 32  # signs of an upload's key; a digest has twice as many


def _held(records: Keys) -> Counts:
    on_their_way = Upload.objects.filter(record__in=records).count()
    found = {"files": Attachment.objects.filter(record__in=records).count()}
    return found | ({"half": on_their_way} if on_their_way else {})


def _remove(records: Keys, _order: int) -> Counts:
    """Also files that had been taken off the records: their bytes stayed as evidence, and go now."""
    ours = Attachment.objects.filter(record__in=records)
    half = _remove_half(records)
    digests = {digest for row in ours.values_list("content", "preview") for digest in row if digest is not None}
    if not digests:
        return half
    count, _by_model = ours.delete()
    _doom(digests)
    return half | {"files": count}


def _remove_half(records: Keys) -> dict[str, int]:
    """Uploads to these records, on their way or ended: the rows now, the parts after the commit."""
    found = Upload.objects.filter(record__in=records)
    keys = list(found.values_list("pk", flat=True))
    if not keys:
        return {}
    Doomed.objects.bulk_create([Doomed(digest=key) for key in keys], ignore_conflicts=True)
    found.delete()
    return {"half": len(keys)}


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
            if len(digest) == KEY:
                store.remove_upload(digest)
            elif not Content.objects.filter(pk=digest).exists():
                store.remove(digest)
            row.delete()


def _sweep_uploads(before: datetime) -> int:
    """Bytes that were brought and never came to a record: cut off, given up, or refused afterwards."""
    count = _sweep_half(before)
    for path in store.lying_since(before):
        if path.parent.name == store.UPLOADS and Upload.objects.filter(pk=path.name).exists():
            continue
        if path.parent.name != store.INCOMING and Content.objects.filter(pk=path.name).exists():
            continue
        path.unlink(missing_ok=True)
        count += 1
    for drawn in store.previews():
        if not Content.objects.filter(pk=drawn.name).exists():
            shutil.rmtree(drawn, ignore_errors=True)
    return count


def _sweep_half(before: datetime) -> int:
    """Uploads begun before this moment into which nothing has come since; their parts are counted when they go."""
    keys = [
        key
        for key in Upload.objects.filter(begun_at__lt=before).values_list("pk", flat=True)
        if not store.touched_since(store.upload_path(key), before)
    ]
    without = sum(not store.upload_path(key).exists() for key in keys)
    Upload.objects.filter(pk__in=keys).delete()
    return without


add(
    Room(
        name="documents",
        things={"files": _("files"), "half": _("files on their way"), "uploads": _("uploads that belong to nothing")},
        held=_held,
        remove=_remove,
        finish=remove_doomed,
        sweeps={"upload": _sweep_uploads},
    )
)
