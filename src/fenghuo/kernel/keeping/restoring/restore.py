"""`restore`: check, build beside, verify, change places. Until the last step the installation is as it was."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.verifying import Verdict

from ..archive.manifest import Manifest
from ..archive.reading import Archive, Damaged
from ..in_use import InUse, alone
from ..models import Backup
from ..services.making import backups_folder
from ..services.removing import SCHEMA
from . import on_postgresql, on_sqlite
from .attachments import attachments_in_place
from .building import build, goals
from .noting import known_here, note_restored, put_aside
from .refusing import CannotRestore, refuse_too_large, refuse_unfit
from .settings_files import settings_in_place


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `aside`: where what stood here before lies. `beside`: settings to compare; `lost`: unwritten."""

    manifest: Manifest
    verdict: Verdict
    attachments: int
    aside: str
    placed: list[str]
    beside: list[str]
    lost: list[str]


def check_archive(path: Path) -> Manifest:
    """Read everything in it and change nothing. Raises: CannotRestore."""
    try:
        with Archive(path) as archive:
            goals(MigrationLoader(None), archive.manifest)
            archive.check()
            return archive.manifest
    except Damaged as damaged:
        raise CannotRestore(f"{path.name} is damaged: {damaged}.") from damaged
    except OSError as error:
        raise CannotRestore(f"{path} cannot be read: {error.strerror or error}.") from error


def restore(path: Path, *, by: Actor, replace: bool = False, demo: bool = False, who: str = "") -> Restored:
    """Make the installation what the archive holds. No server may run meanwhile.

    `replace`: records that are here are put aside and kept as long as a backup. `demo`: it may be a demonstration's.
    Raises: NotAllowed, CannotRestore; in each case everything is as it was.
    """
    require(by, "backups.manage")
    path = path.absolute()
    try:
        with alone(), Archive(path) as archive:
            refuse_too_large(archive)
            goals(MigrationLoader(None), archive.manifest)
            archive.check()
            standing = refuse_unfit(archive, replace=replace, demo=demo)
            if connection.vendor == "sqlite":
                on_sqlite.sweep()
            return _restore(archive, path, standing=standing, by=by, who=who)
    except InUse as used:
        raise CannotRestore(str(used)) from used
    except Damaged as damaged:
        raise CannotRestore(f"{path.name} is damaged: {damaged}. Nothing was changed.") from damaged
    except (DatabaseError, OSError) as error:
        said = " ".join(str(error).split())[:500]
        raise CannotRestore(f"Nothing was changed: {said}.") from error


def _restore(archive: Archive, path: Path, *, standing: bool, by: Actor, who: str) -> Restored:
    known = known_here() if standing else []
    aside = _aside(who) if standing else None
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    verdicts: list[Verdict] = []

    def fill() -> None:
        verdicts.append(build(archive))
        note_restored(path, sha256, archive.manifest, known, aside, by=by, who=who)

    with attachments_in_place(archive) as added:
        if connection.vendor == "postgresql":
            on_postgresql.build_beside(fill, aside.path.removeprefix(SCHEMA) if aside else "")
        else:
            on_sqlite.build_beside(fill, Path(aside.path) if aside else None)
    placed, beside, lost = settings_in_place(archive)
    return Restored(archive.manifest, verdicts[0], added, aside.path if aside else "", placed, beside, lost)


def _aside(who: str) -> Backup:
    now = timezone.localtime()
    until = now.date() + timedelta(days=settings.BACKUP_KEEP)
    if connection.vendor == "postgresql":
        schema = f"fenghuo_before_{now:%Y%m%d_%H%M%S}"
        return put_aside(schema, f"{SCHEMA}{schema}", until, who)
    file = backups_folder().resolve() / f"fenghuo-before-{now:%Y%m%d-%H%M%S}.sqlite3"
    return put_aside(file.name, str(file), until, who)
