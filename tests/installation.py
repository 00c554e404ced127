"""A whole Fenghuo as its operators run it: a process tree with its own folder and database."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import psycopg

from tests.filled_once import copy_filled

UNIT = "610118000000-EMO"
PASSWORD = "beacon-fire-42"


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


NOT_INHERITED = {"DATABASE_URL", "FENGHUO_DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}


@dataclass
class Installation:
    """`data`: the data folder; `database_url` empty for SQLite inside it; `more`: settings beside the usual ones."""

    data: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        kept |= {"FENGHUO_DATA": str(self.data), "FENGHUO_BASE_URL": self.url, "DJANGO_SETTINGS_MODULE": ""}
        kept["DJANGO_SETTINGS_MODULE"] = "fenghuo.config.settings"
        return kept | self.more | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def command(self, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "fenghuo.config.cli", *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *words: str, wait: bool = True) -> None:
        """`wait` false: from nothing, as on a new machine; else with the static files that another one compressed."""
        if wait:
            _bring_static(self)
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fenghuo.config.cli", "run", "--port", str(self.port), *words],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        if wait:
            self.wait_until_ready()
            _share_static(self)

    def wait_until_ready(self, seconds: float = 300) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"not ready: {self.log()}")

    def log(self) -> str:
        return (self.data / "log").read_text()

    def children(self) -> list[int]:
        assert self.process is not None
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def child(self, name: str) -> int:
        """The process of that name: web (the first of them), intake or worker."""
        module = f"fenghuo.config.server.{name}".encode()
        return next(pid for pid in self.children() if module in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))

    def kill_all(self) -> None:
        """kill -9 of parent and children at once."""
        assert self.process is not None
        for pid in [self.process.pid, *self.children()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(20)
        self.process = None

    def stop(self) -> float:
        """SIGTERM; the seconds until all is over."""
        assert self.process is not None
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(20)
        self.process = None
        return time.monotonic() - began

    @contextmanager
    def worker(self) -> "Iterator[subprocess.Popen[bytes]]":
        """The worker process alone, as the house starts it; it ends when its pipe does."""
        read, write = os.pipe()
        command = [sys.executable, "-m", "fenghuo.config.server.worker", str(read)]
        process = subprocess.Popen(command, env=self.environment, pass_fds=(read,))
        try:
            yield process
        finally:
            os.close(write)
            process.wait(60)
            os.close(read)

    def migrate(self) -> None:
        """As a copy of a database that was migrated once in this run."""
        copy_filled("migrated", _migrate, self.data, self.database_url)

    def first_administrator(self) -> None:
        """As a copy too; while the house is running, which then has migrated itself, by the command."""
        if self.process is None:
            copy_filled("administrator", _first_administrator, self.data, self.database_url)
        else:
            _administrator(self)

    def key(self, *scopes: str, unit: str = UNIT) -> str:
        wanted = [word for scope in scopes or ("intake.write", "incidents.read") for word in ("--scope", scope)]
        done = self.command("token", "create", "--name", f"key {uuid4().hex[:6]}", "--unit", unit, *wanted)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1]

    def verify(self) -> dict[str, Any]:
        done = self.command("journal", "verify", "--json")
        assert done.stdout, done.stderr
        verdict: dict[str, Any] = json.loads(done.stdout)
        assert (done.returncode == 0) == verdict["ok"]
        return verdict


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """On PostgreSQL when the tests run with DATABASE_URL, in a database of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    with _database() as url:
        made = Installation(folder, url)
        try:
            yield made
        finally:
            if made.process is not None:
                with suppress(FileNotFoundError):
                    made.kill_all()


def _shared() -> Path | None:
    """What houses of one run have in common; none where a bench starts them, which knows no settings of Django."""
    folder = os.environ.get("FENGHUO_DATA")
    return Path(folder) if folder else None


def _bring_static(house: Installation) -> None:
    """Compressing them takes longer than all else in a start. A house sees by itself whether they are the present."""
    own = house.data / "static"
    kept = next(shared.glob("static-*"), None) if (shared := _shared()) else None
    if kept is None or own.exists():
        return
    try:
        shutil.copytree(kept, own)
    except OSError:  # just being replaced
        shutil.rmtree(own, ignore_errors=True)


def _share_static(house: Installation) -> None:
    if (shared := _shared()) is None:
        return
    state = (house.data / "static" / ".of").read_text()
    kept = shared / f"static-{state[:16]}"
    if kept.exists():
        return
    new = kept.with_name(f"new-{uuid4().hex}")
    shutil.copytree(house.data / "static", new)
    for old in kept.parent.glob("static-*"):
        shutil.rmtree(old, ignore_errors=True)
    with suppress(OSError):  # another was faster
        new.rename(kept)


def _migrate(data: Path, url: str) -> None:
    done = Installation(data, url).command("migrate", "-v0")
    assert done.returncode == 0, done.stderr


def _first_administrator(data: Path, url: str) -> None:
    _migrate(data, url)
    _administrator(Installation(data, url))


def _administrator(house: Installation) -> None:
    done = house.command(
        *("administrator", "--username", "admin", "--name", "管理员", "--unit", UNIT),
        *("--unit-name", "鄠邑区应急管理局", "--region-name", "鄠邑区"),
        given=f"{PASSWORD}\n",
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def _database() -> Iterator[str]:
    admin = os.environ.get("DATABASE_URL", "")
    if not admin.startswith("postgres"):
        yield ""
        return
    name = f"whole_{uuid4().hex[:12]}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(admin)
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
