"""Files come to records: looked at and kept first (`stage`), attached in the transaction of the caller's verb."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from . import photos, store
from .kinds import PICTURES, PROGRAMS, VIDEOS, kind_of
from .models import Attachment, Content, Doomed

MOST_BYTES = 50 * 1024 * 1024


class TooLarge(Refused):
    """The file has more than MOST_BYTES."""

    status = 413


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are in their place on disk."""

    digest: str
    size: int
    kind: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is kept and belongs to nothing yet."""

    name: str
    content: Kept
    preview: Kept | None
    taken_at: datetime | None
    position: tuple[float, float] | None
    stripped: bool


def stage(chunks: Iterable[bytes], name: str, *, keep_position: bool = False) -> Staged:
    """Look at a file and keep it. Outside any transaction, since it takes its time.

    Position data are taken out of pictures and videos unless `keep_position`.
    Raises: Invalid (empty, a program, a picture that cannot be read), TooLarge, OSError (no room on the disk).
    """
    with store.incoming() as path:
        size = store.write(path, _limited(chunks))
        if size == 0:
            raise Invalid(Fault("file", _("is empty: choose it again"), name[:200]))
        kind = kind_of(path, name)
        if kind in PROGRAMS:
            raise Invalid(Fault("file", _("is a program, and programs are not kept here"), name[:200]))
        taken, stripped = None, False
        if kind in PICTURES:
            taken, kind, stripped = _without_place(path, kind, name, keep_position)
        elif kind in VIDEOS and not keep_position:
            before = path.read_bytes()
            after = photos.without_place_in_video(before)
            stripped = after != before
            if stripped:
                store.write(path, [after])
        small = photos.preview(path) if kind in PICTURES else None
        kept = Kept(*store.keep(path), kind)
    return Staged(
        name=_clean(name, kind),
        content=kept,
        preview=_keep_preview(small) if small else None,
        taken_at=taken.at if taken else None,
        position=taken.position if taken and keep_position else None,
        stripped=stripped,
    )


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
        taken_at=staged.taken_at,
        latitude=latitude,
        longitude=longitude,
        stripped=staged.stripped,
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


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise TooLarge(_("A file may have at most %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
        yield chunk


def _without_place(path: Path, kind: str, name: str, keep_position: bool) -> tuple[photos.Taken | None, str, bool]:
    """(when and where, kind of what lies at `path` now, whether its place was taken out)."""
    try:
        taken = photos.read_photo(path)
        if keep_position or not taken.placed:
            return taken, kind, False
        content, made = photos.without_place(path, kind)
    except photos.Unreadable as unreadable:
        if keep_position:
            return None, kind, False
        sentence = _("is a broken picture, so nobody can tell whether it says where it was taken; attach it as it is")
        raise Invalid(Fault("keep_position", sentence, name[:200])) from unreadable
    store.write(path, [content])
    return taken, made, True


def _keep_preview(small: bytes) -> Kept:
    with store.incoming() as path:
        store.write(path, [small])
        return Kept(*store.keep(path), "image/jpeg")


def _content(kept: Kept) -> Content:
    # The same bytes may be on their way out by a destruction order: whoever is first is waited for.
    Doomed.objects.filter(pk=kept.digest).delete()
    found, made = Content.objects.get_or_create(digest=kept.digest, defaults={"size": kept.size, "kind": kept.kind})
    if made and not store.path_of(kept.digest).is_file():
        raise Conflict(_("These bytes were just being destroyed by order. Attach the file again."))
    return found


def _clean(name: str, kind: str) -> str:
    """Without folders and control characters, at most 200 characters, its ending kept (.jpg for a converted one)."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(sign for sign in bare if sign.isprintable()).strip() or _("file")
    stem, dot, ending = bare.rpartition(".")
    if kind == "image/jpeg" and ending.lower() not in ("jpg", "jpeg", "jfif"):
        stem, dot, ending = (stem or bare), ".", "jpg"
    return f"{stem[: 199 - len(ending)]}.{ending}" if dot and stem and len(ending) < 12 else bare[:200]
