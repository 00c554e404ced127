"""Files that come in parts (tus 1.0): begun, continued from where they were, finished. A part is only bytes in a file:
no row is written for it, so that a village's slow line never holds the database.

One request at a time may work on an upload: it holds a lock on the file, which ends with the process in any case.
"""

import errno
import fcntl
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotAllowed, Refused, said_by
from fenghuo.kernel.access.models import Record

from .. import store
from ..looking.limits import MB
from ..looking.limits import MOST_BYTES as MOST
from ..models import Attachment, Upload
from ..refusals import WORDS
from .bringing import attach_file, check_state, infections_on_record, require_attaching
from .staging import TooLarge, stage_file

MOST_PART = 8 * MB
MOST_ON_THEIR_WAY = 30  # of one person
# Said before anything is sent; the content is asked all the same when it is there.
BY_NAME = {
    **dict.fromkeys(("zip", "rar", "7z", "tar", "gz"), "archive"),
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "xlam"), "macros"),
    **dict.fromkeys(("exe", "msi", "bat", "cmd", "scr", "apk"), "program"),
}


_finishing = threading.BoundedSemaphore(2)  # in one process


class OutOfStep(Conflict):
    """The part does not begin where the upload has come to."""


class Held(Refused):
    """Another request works on this upload just now."""

    status = 423


class BadSum(Refused):
    """The part is not what its check sum says; nothing of it was kept."""

    status = 460  # tus 1.0, checksum


def begin_upload(record: Record, *, by: Actor, name: str, size: int, mark: str, sha256: str = "") -> Upload:
    """A new upload, or the one of the same person, record and file that has not come to its end.

    Raises: NotFound, NotAllowed, Invalid (empty, an archive …), TooLarge, OSError (no room on the disk).
    """
    check_state(record, by)
    if by.person_id is None:
        raise NotAllowed(_("Only somebody in a post brings a file in parts."))
    _refuse_early(name, size)
    key = {"record": record, "person_id": by.person_id, "size": size, "mark": mark[:64], "ended_at": None}
    found = Upload.objects.filter(**key).first()
    if found is not None:
        return found
    if Upload.objects.filter(person=by.person_id, ended_at=None).count() >= MOST_ON_THEIR_WAY:
        most = _("%(most)s of your files are on their way already: finish or discard some first") % {
            "most": MOST_ON_THEIR_WAY
        }
        raise Invalid(Fault("file", most, name[:200]))
    if not store.room_for(size):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    try:
        with transaction.atomic():
            made = Upload.objects.create(**key, name=name[:200], sha256=sha256[:64], begun_at=timezone.now())
    except IntegrityError:  # another tab was first
        return Upload.objects.get(**key)
    store.make_folder(store.folder() / store.UPLOADS)
    return made


def received(upload: Upload) -> int:
    """Bytes that have come and are on the disk."""
    if upload.ended_at is not None:
        return upload.size
    try:
        return store.upload_path(upload.key).stat().st_size
    except FileNotFoundError:
        return 0


def append(upload: Upload, at: int, chunks: Iterable[bytes], *, by: Actor, sha256: bytes = b"") -> int:
    """One part; the bytes that have come now. All of the part is kept, or nothing.

    Raises: NotFound, NotAllowed, Held, OutOfStep, BadSum, TooLarge, OSError (no room on the disk).
    """
    require_attaching(upload.record, by)
    if upload.ended_at is not None:
        return upload.size
    with _held(upload) as file:
        before = file.seek(0, os.SEEK_END)
        if at != before:
            raise OutOfStep(_("This upload has come to %(bytes)s bytes.") % {"bytes": before})
        try:
            _write(file, chunks, upload.size - before, sha256)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(before)
            raise
        return file.tell()


def finish_upload(upload: Upload, *, by: Actor, note: str = "", keep_position: bool = False) -> Attachment:
    """Look at the whole file, and attach it. Asked again, it answers the same.

    Raises: Held, OutOfStep (not all has come), what `stage_file` and `attach_file` raise.
    """
    with _turn(), _held(upload) as file:
        upload.refresh_from_db()
        if upload.ended_at is not None:
            return _outcome(upload)
        if file.seek(0, os.SEEK_END) != upload.size:
            raise OutOfStep(_("This upload has come to %(bytes)s bytes.") % {"bytes": file.tell()})
        try:
            return _attach(upload, by, note, keep_position)
        except (Invalid, TooLarge) as refused:
            _end(upload, refused="; ".join(said_by(refused)))
            raise


def discard_upload(upload: Upload, *, by: Actor) -> None:
    """Its person wants it no more. Raises: Held, NotAllowed."""
    if upload.person_id != by.person_id:
        raise NotAllowed(_("Only who brings a file discards it."))
    with _held(upload):
        upload.delete()


def _attach(upload: Upload, by: Actor, note: str, keep_position: bool) -> Attachment:
    holder = require_attaching(upload.record, by)
    part = store.upload_path(upload.key)
    if upload.sha256 and store.digest_of(part) != upload.sha256:
        raise Invalid(Fault("file", str(WORDS["checksum"]), upload.name))
    with store.incoming() as path, infections_on_record(upload.record, by):
        store.second_name(part, path)  # whatever fails from here on, the upload is still whole
        staged = stage_file(path, upload.name, keep_position=keep_position and holder.positions)
    with transaction.atomic():
        made = attach_file(upload.record, staged, by=by, note=note)
        _end(upload, attachment=made)
    return made


def _end(upload: Upload, *, attachment: Attachment | None = None, refused: str = "") -> None:
    ended = Upload.objects.filter(pk=upload.pk, ended_at=None)
    ended.update(ended_at=timezone.now(), attachment=attachment, refused=refused[:500])


def _outcome(upload: Upload) -> Attachment:
    if upload.attachment is None:
        raise Invalid(Fault("file", upload.refused or str(WORDS["unreadable"]), upload.name))
    return upload.attachment


def _refuse_early(name: str, size: int) -> None:
    code = "empty" if size <= 0 else BY_NAME.get(name.rpartition(".")[2].lower())
    if code:
        raise Invalid(Fault("file", str(WORDS[code]), name[:200]))
    if size > MOST:
        raise TooLarge(_("A file may have at most %(most)s MB.") % {"most": MOST // MB})


def _write(file: IO[bytes], chunks: Iterable[bytes], most: int, sha256: bytes) -> None:
    """Raises: TooLarge, BadSum, OSError."""
    summed = hashlib.sha256()
    for chunk in chunks:
        most -= len(chunk)
        if most < 0:
            raise TooLarge(_("More came than was announced."))
        summed.update(chunk)
        file.write(chunk)
    if sha256 and summed.digest() != sha256:
        raise BadSum(_("This part was damaged on its way; send it again."))


@contextmanager
def _turn() -> Iterator[None]:
    """Pages have few threads, and looking at a large file takes seconds. Raises: Held, when others are at it."""
    if not _finishing.acquire(blocking=False):
        raise Held(_("Other files are being checked just now; this one follows."))
    try:
        yield
    finally:
        _finishing.release()


@contextmanager
def _held(upload: Upload) -> Iterator[IO[bytes]]:
    """Its file, for this request alone; gone afterwards when the upload has come to its end. Raises: Held."""
    key = upload.key
    store.make_folder(store.folder() / store.UPLOADS)
    path = store.upload_path(key)
    with path.open("ab") as file:
        path.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_("Another window is sending this file just now.")) from None
        if os.fstat(file.fileno()).st_nlink == 0:  # finished or discarded since it was opened
            raise Held(_("Another window is sending this file just now."))
        try:
            yield file
        finally:
            if not Upload.objects.filter(pk=key, ended_at=None).exists():
                store.remove_upload(key)
