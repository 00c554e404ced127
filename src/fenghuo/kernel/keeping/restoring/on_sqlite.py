"""SQLite: the new database is built as a file beside the old one and takes its name in one step."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import DatabaseError, connection

from ..in_use import InUse
from .refusing import database_file


def build_beside(build: Callable[[], None], aside: Path | None) -> None:
    """Call `build` with the connection on a new file; when it returns, that file is the database.

    `aside`: what was the database before is found there from then on. Whenever the process dies, the database is the
    old one or the new one, whole. Raises: what `build` raises; InUse; OSError.
    """
    database = database_file()
    fresh = database.with_name(f".{database.name}.restoring-{uuid4().hex[:8]}")
    try:
        with _working_on(fresh):
            build()
        with fresh.open("rb") as whole:
            os.fsync(whole.fileno())
        fresh.chmod(0o600)
        _take_place(fresh, database, aside)
    finally:
        for name in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm", "-journal"))):
            name.unlink(missing_ok=True)


def sweep() -> None:
    """Delete what restores that a kill cut short have left: of no use to anybody."""
    database = database_file()
    for half in database.parent.glob(f".{database.name}.restoring-*"):
        half.unlink(missing_ok=True)


def _take_place(fresh: Path, database: Path, aside: Path | None) -> None:
    if database.exists():
        _fold_log(database)
        if aside is not None:
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _keep_as(database, aside)
    fresh.replace(database)
    handle = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fold_log(database: Path) -> None:
    """Bring the write-ahead log home: one that stayed would be read as part of the new file."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
            mode = cursor.fetchone()[0]
    except DatabaseError as error:
        raise InUse(f"Another process uses {database} ({error}): end it, then restore.") from error
    finally:
        connection.close()
    if mode != "delete" or database.with_name(f"{database.name}-wal").exists():
        raise InUse(f"Another process uses {database}: end it, then restore.")


def _keep_as(database: Path, aside: Path) -> None:
    try:
        os.link(database, aside)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        shutil.copy2(database, aside)
    aside.chmod(0o600)


@contextmanager
def _working_on(path: Path) -> Iterator[None]:
    """This thread's connection on another file. A file that nobody knows yet needs no safety while it is written."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
