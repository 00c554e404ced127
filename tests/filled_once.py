"""The database of a whole installation, filled once in a run of the tests and then copied for each that wants it."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
SQLITE_NAME = "fenghuo.sqlite3"

type Fill = Callable[[Path, str], None]  # a data folder and, on PostgreSQL, the database's address


def copy_filled(name: str, fill: Fill, data: Path, url: str) -> None:
    """Put a copy in the place of the house's empty database; whoever asks first has it filled, and others wait."""
    if url:
        _copy_on_postgresql(f"whole_{name}", fill, data, url)
    elif (shared := os.environ.get("FENGHUO_DATA")) and "PYTEST_VERSION" in os.environ:
        _copy_file(Path(shared), f"whole-{name}", fill, data)
    else:  # a bench: it has no run to share with
        fill(data, "")


def _copy_file(shared: Path, name: str, fill: Fill, data: Path) -> None:
    kept = shared / f"{name}-{RUN}"
    with _alone(shared / f"{name}.lock"):
        if not kept.exists():
            for old in shared.glob(f"{name}-*"):
                shutil.rmtree(old)
            new = shared / f"new-{name}"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            fill(new, "")
            with closing(sqlite3.connect(new / SQLITE_NAME)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            new.rename(kept)
        shutil.copy(kept / SQLITE_NAME, data / SQLITE_NAME)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given up by the system when the process dies
        yield


def _copy_on_postgresql(template: str, fill: Fill, data: Path, url: str) -> None:
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")  # of this session: the end of it lets go
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone() is None:
            connection.execute(f"DROP DATABASE IF EXISTS {template}_raw WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {template}_raw")
            fill(data, urlunsplit(parts._replace(path=f"/{template}_raw")))
            connection.execute(f"ALTER DATABASE {template}_raw RENAME TO {template}")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
