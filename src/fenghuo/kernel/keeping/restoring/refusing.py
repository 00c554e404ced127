"""What a restore refuses before it begins. Nothing has been touched then."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from fenghuo.kernel.registry.selectors import home_region

from ..archive.manifest import Manifest, program_version
from ..archive.reading import Archive

SPARE = 100 * 1024 * 1024  # bytes
GROWTH = 2  # tables with their indexes, beside their lines of JSON


class CannotRestore(Exception):
    """One sentence that says why not, and the way out. The installation is as it was."""


def refuse_unfit(archive: Archive, *, replace: bool, demo: bool) -> bool:
    """Whether something stands here that is to be put aside. Raises: CannotRestore."""
    manifest = archive.manifest
    _refuse_other_county(manifest)
    if manifest.installation.demo and not demo:
        raise CannotRestore(
            "This is the backup of a demonstration, whose passwords everybody knows. Say --demo if you want just that."
        )
    standing = holds_records()
    if standing and not replace:
        raise CannotRestore(
            "There are records here. Say --replace to put them aside (they are kept, with a day on which they expire), "
            "or restore into another FENGHUO_DATA folder or database."
        )
    if standing:
        _refuse_stranger(manifest)
    return standing


def refuse_too_large(archive: Archive) -> None:
    """Before any of it is unpacked, whatever it is packed from. Raises: CannotRestore."""
    free = shutil.disk_usage(settings.DATA).free
    if free < archive.unpacked * GROWTH + SPARE:
        raise CannotRestore(
            f"It unpacks to {archive.unpacked // 1024**2} MB and needs about twice that, but only {free // 1024**2} MB "
            f"are free in {settings.DATA}: free some space."
        )


def holds_records() -> bool:
    """Whether the database holds anything that somebody made."""
    try:
        there = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            for table in ("access_record", "journal_entry"):
                if table in there:
                    cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
                    if cursor.fetchone():
                        return True
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise CannotRestore(
            f"The database cannot be used: {said}. Check DATABASE_URL, or move the broken file away and restore again."
        ) from error
    return False


def database_file() -> Path:
    """SQLite's file."""
    return Path(str(connection.settings_dict["NAME"]))


def _refuse_other_county(manifest: Manifest) -> None:
    """FENGHUO_NODE says whose installation this is."""
    code = settings.NODE.ljust(12, "0") if settings.NODE else ""
    whose = manifest.installation
    if code and whose.code and whose.code != code:
        raise CannotRestore(
            f"This is the backup of {whose.name} ({whose.code}), and this installation is {code} (FENGHUO_NODE). "
            "Nothing was changed. If it belongs here, set FENGHUO_NODE to its code and restore again."
        )


def _refuse_stranger(manifest: Manifest) -> None:
    """A backup never takes the place of another county's records, whatever is said."""
    try:
        home = home_region()
    except DatabaseError:  # tables of another version: nobody can tell
        return
    whose = manifest.installation
    if home is not None and whose.code and home.code != whose.code:
        raise CannotRestore(
            f"This is the backup of {whose.name} ({whose.code}), and here are those of {home.name} ({home.code}). "
            "Restore it into another FENGHUO_DATA folder or database."
        )


def made_by_newer(manifest: Manifest, unknown: list[tuple[str, str]]) -> CannotRestore:
    named = ", ".join(f"{app} {name}" for app, name in unknown[:3])
    return CannotRestore(
        f"It was made by Fenghuo {manifest.fenghuo}, whose tables are newer than those of this one "
        f"({program_version()}): {named} is not known here. Install that version or a newer one, then restore."
    )
