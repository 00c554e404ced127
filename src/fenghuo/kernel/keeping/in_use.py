"""Who works on a data folder: servers share a lock that a restore must hold alone. It ends with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

NAME = ".in-use"
APPLICATION = "fenghuo"  # how our connections call themselves on PostgreSQL (settings)


class InUse(Exception):
    """One sentence: who uses it, and what to do."""


@contextmanager
def serving() -> Iterator[None]:
    """While a server works on the data folder. Raises: InUse while a restore is going on."""
    with _held(fcntl.LOCK_SH, "A restore into {folder} is going on: wait until it has ended."):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """While a restore changes everything. Raises: InUse while a server, or another restore, works on the folder."""
    with _held(fcntl.LOCK_EX, "A server is running on {folder}: stop it first, then restore."):
        if others := _others():
            raise InUse(
                f"{others} other connections of Fenghuo use this database: stop every server and command that works on "
                "it, on other machines too, then restore."
            )
        yield


@contextmanager
def _held(kind: int, refusal: str) -> Iterator[None]:
    path = Path(settings.DATA) / NAME
    with path.open("w") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(refusal.format(folder=settings.DATA)) from error
        yield


def _others() -> int:
    """How many other sessions of ours the database has (SQLite shows none; its own locks speak later)."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name = %s",
            [APPLICATION],
        )
        return int(cursor.fetchone()[0])
