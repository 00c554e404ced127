"""Files come to records in the transaction of a verb, and leave them with a reason. Few statements, no file is read."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from .. import store
from ..models import Attachment, Content, Doomed, Scan
from .staging import Kept, Staged


def attach(
    subject: models.Model,
    staged: Staged,
    *,
    by: Actor,
    action: str,
    note: str = "",
    happened_at: datetime | None = None,
) -> Attachment:
    """The file belongs to the record from now on; the same bytes belong to it once. Inside the caller's transaction.

    `action`: the right that it takes. Raises: NotFound, NotAllowed.
    """
    require(by, action, subject)
    content = _content(staged.content)
    there = Attachment.objects.filter(record=subject.pk, content=content, removed_at__isnull=True).first()
    if there is not None:
        return there
    latitude, longitude = staged.position or (None, None)
    made = Attachment.objects.create(
        record_id=subject.pk,
        content=content,
        preview=_content(staged.preview) if staged.preview else None,
        name=staged.name,
        note=note.strip()[:500],
        label=by.label[:200],
        taken_at=staged.taken_at,
        latitude=latitude,
        longitude=longitude,
        stripped=staged.stripped,
        taken_out=staged.taken_out[:100],
        added_at=timezone.now(),
    )
    record(
        "file.attached",
        by,
        about=[subject],
        happened_at=happened_at,
        public={"file": made.pk, "kind": content.kind, "bytes": content.size, "digest": content.digest},
        private={"name": made.name, "note": made.note},
    )
    return made


def detach(subject: models.Model, pk: int, *, by: Actor, action: str, reason: str) -> Attachment:
    """Take a file off the record; its bytes stay, since they may be evidence. Inside the caller's transaction.

    Raises: NotFound, NotAllowed, Invalid (no reason).
    """
    require(by, action, subject)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why this file does not belong here"), reason))
    found = Attachment.objects.select_for_update(of=("self",)).filter(record=subject.pk, pk=pk, removed_at=None).first()
    if found is None:
        raise NotFound(_("There is no such file, or you may not see it."))
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    public = {"file": found.pk, "digest": found.content_id}
    record("file.removed", by, about=[subject], public=public, private={"reason": reason.strip()[:2000]})
    return found


def _content(kept: Kept) -> Content:
    # The same bytes may be on their way out by a destruction order: whoever is first is waited for.
    Doomed.objects.filter(pk=kept.digest).delete()
    said = {
        "size": kept.size,
        "kind": kept.kind,
        "pages": kept.pages,
        "pictures_only": kept.pictures_only,
        "scan": kept.scan,
    }
    found, made = Content.objects.get_or_create(digest=kept.digest, defaults=said)
    if made and not store.path_of(kept.digest).is_file():
        raise Conflict(_("These bytes were just being destroyed by order. Attach the file again."))
    if found.scan in (Scan.INFECTED, Scan.WAITING) and kept.scan != found.scan:
        found.scan = kept.scan
        found.save(update_fields=["scan"])
    return found
