"""Making a backup: beside its final name first, so that no half file ever bears it; then a row and a journal entry."""

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.selectors import home_region

from ..archive.manifest import Manifest
from ..archive.writing import write_archive
from ..models import Backup, State
from ..notes import words

LONGEST_KEPT = 36_500  # days
PARTIAL = ".partial"


class BackupFailed(Refused):
    """It could not be made; why is said, noted in the list of backups, and nothing stands under the final name."""

    status = 507


def backups_folder() -> Path:
    """Where backups go that are given no place: backups/ in the data folder."""
    return Path(settings.DATA) / "backups"


def next_name(now: datetime) -> str:
    """fenghuo-20260512-033000.zip, in the county's time."""
    return f"fenghuo-{timezone.localtime(now):%Y%m%d-%H%M%S}.zip"


def make_backup(path: Path, *, by: Actor, keep_days: int, made_by: str) -> Backup:
    """Write everything as it is now into the new file `path`, to be kept for `keep_days` days.

    Outside any transaction; servers go on working. `made_by`: who asked for it, for the list.
    Raises: NotAllowed, Invalid (a file is there, no such folder, days), BackupFailed.
    """
    require(by, "backups.manage")
    if not 1 <= keep_days <= LONGEST_KEPT:
        raise Invalid(Fault("keep", _("must be 1 to %(most)s days") % {"most": LONGEST_KEPT}, keep_days))
    path = _place(path)
    now = timezone.now()
    keep_until = timezone.localdate(now) + timedelta(days=keep_days)
    try:
        with _beside(path) as file:
            manifest = write_archive(file, keep_until=keep_until)
        with path.open("rb") as whole:
            sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
            size = whole.tell()
    except FileExistsError as error:
        raise _there(path) from error
    except (OSError, DatabaseError, TypeError) as error:
        why = _why(error, path)
        _note_failure(path, why, by=by, made_by=made_by)
        raise BackupFailed(_("There is no backup %(path)s. %(why)s") % {"path": path, "why": words(why)}) from error
    return _note_made(path, manifest, size, sha256, by=by, made_by=made_by)


@transaction.atomic
def _note_made(path: Path, manifest: Manifest, size: int, sha256: str, *, by: Actor, made_by: str) -> Backup:
    made = Backup.objects.create(
        state=State.MADE,
        name=path.name,
        path=str(path),
        made_at=manifest.made_at,
        keep_until=manifest.keep_until,
        size=size,
        sha256=sha256,
        position=manifest.journal.position,
        journal_ok=manifest.journal.ok,
        made_by=made_by[:200],
        notes="\n".join(manifest.warnings),
    )
    tell(
        "backup.made",
        by,
        {
            "backup": made.pk,
            "name": made.name,
            "bytes": size,
            "sha256": sha256,
            "position": made.position,
            "journal_ok": made.journal_ok,
            "keep_until": manifest.keep_until,
        },
    )
    return made


def _note_failure(path: Path, why: str, *, by: Actor, made_by: str) -> None:
    """On the same full disk even this may fail: the age of the newest backup then says it."""
    with contextlib.suppress(DatabaseError), transaction.atomic():
        failed = Backup.objects.create(
            state=State.FAILED,
            name=path.name,
            path=str(path),
            made_at=timezone.now(),
            made_by=made_by[:200],
            notes=why,
        )
        tell("backup.failed", by, {"backup": failed.pk, "name": failed.name, "why": why})


def tell(verb: str, by: Actor, public: Mapping[str, object]) -> None:
    """An entry about the county itself; none while no county has been entered."""
    if home := home_region():
        record(verb, by, about=[home.pk], public=public)


def _place(path: Path) -> Path:
    """Where the file really goes, links in its folder followed. Raises: Invalid."""
    if os.path.lexists(path):
        raise _there(path)
    if "\x00" in str(path) or not path.name:
        raise Invalid(Fault("file", _("give the name of a new file"), str(path)))
    try:
        folder = path.expanduser().absolute().parent.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise Invalid(Fault("file", _("its folder is not there: make it first"), str(path.parent))) from error
    if not folder.is_dir():
        raise Invalid(Fault("file", _("lies in something that is no folder"), str(folder)))
    attachments = Path(settings.MEDIA_ROOT).resolve()
    if folder == attachments or attachments in folder.parents:
        raise Invalid(Fault("file", _("must not lie among the attachments: choose another folder"), str(path)))
    return folder / path.name


def _there(path: Path) -> Invalid:
    return Invalid(
        Fault("file", _("is there already, and backups never replace anything: choose another name"), str(path))
    )


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file for nobody else's eyes that gets its final name when all is written and on disk; else it is gone."""
    waiting = path.with_name(f".{path.name[:200]}.{uuid4().hex[:8]}{PARTIAL}")
    try:
        with os.fdopen(os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def _name(waiting: Path, path: Path) -> None:
    """A link, unlike a renaming, never takes the place of what somebody else put there meanwhile."""
    try:
        os.link(waiting, path)
    except FileExistsError:
        raise
    except OSError as error:  # no links on this kind of disk
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, "is there", str(path)) from error
        waiting.rename(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _why(error: BaseException, path: Path) -> str:
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return f"{'full' if full else 'folder'}: {path.parent}: {error.strerror or error}"
    return f"database: {' '.join(str(error).split())[:500]}"
