"""Whole installations: backed up in the middle of work, moved between SQLite and PostgreSQL, killed while restoring."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.installation import UNIT, Installation, installation
from tests.messages import message

pytestmark = pytest.mark.server
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@contextmanager
def sqlite_house(folder: Path) -> Iterator[Installation]:
    folder.mkdir()
    yield Installation(folder)


WRITER = """
import time, django
django.setup()
from itertools import count
from fenghuo.kernel.access.actor import actor_for_token
from fenghuo.kernel.access.models import Token
from fenghuo.response.incidents.services import receive_reports
from tests.county import incoming
actor = actor_for_token(Token.objects.select_related("unit__region", "unit__record").get())
for turn in count():
    receive_reports([incoming(actor, source_id=f"w-{turn}-{number}") for number in range(20)])
    print(turn, flush=True)
    time.sleep(0.05)
"""


def filled(house: Installation, reports: int) -> "subprocess.Popen[bytes]":
    """A process of its own that puts reports on record."""
    return subprocess.Popen([sys.executable, "-m", "bench.fill", str(reports)], env=house.environment)


def done(house: Installation, *words: str) -> str:
    said = house.command(*words)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def tables(path: Path) -> dict[str, list[str]]:
    with ZipFile(path) as archive:
        return {
            name: archive.read(name).decode().split("\n")[:-1]
            for name in archive.namelist()
            if name.startswith("tables/")
        }


@pytest.mark.skipif(not ON_POSTGRESQL, reason="there is only one database here; there and back: kernel/keeping/tests")
def test_between_databases_and_back(tmp_path: Path) -> None:
    """SQLite → PostgreSQL → SQLite."""
    with sqlite_house(tmp_path / "one") as one, installation(tmp_path / "two") as two:
        one.first_administrator()
        one.key()
        assert filled(one, 200).wait(120) == 0
        first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
        done(one, "backup", str(first))
        restored = json.loads(done(two, "restore", str(first), "--json"))
        assert restored["journal"]["ok"]
        assert two.verify()["ok"]
        done(two, "backup", str(second))
        with sqlite_house(tmp_path / "three") as three:
            done(three, "restore", str(second))
            assert three.verify()["ok"]
            done(three, "backup", str(third))
            two.start()
            key = two.key(unit=UNIT)
            with httpx.Client(base_url=two.url, headers={"Authorization": f"Bearer {key}"}, timeout=30) as client:
                answer = client.post("/api/v1/reports", json=message(), headers={"Idempotency-Key": "new"})
                assert answer.status_code == 201, answer.text  # keys go on where they were
            refused = two.command("restore", str(first), "--replace")
            assert refused.returncode != 0
            assert "server is running" in refused.stderr
            two.stop()
            assert two.verify()["ok"]
    told = [tables(path) for path in (first, second, third)]
    with ZipFile(second) as archive:
        kind = json.loads(archive.read("manifest.json"))["database"]
    assert kind == ("postgresql" if ON_POSTGRESQL else "sqlite")
    for before, after in pairwise(told):
        for name, lines in before.items():
            if name.startswith("tables/journal_") or "keeping" in name:  # the restore itself is on record after it
                kept = [line for line in lines if "unnumbered" not in name]
                assert after[name][: len(kept)] == kept, name
            else:
                assert after[name] == lines, name


def test_in_the_middle_of_work(tmp_path: Path) -> None:
    with installation(tmp_path / "one") as one, installation(tmp_path / "two") as two:
        one.first_administrator()
        one.key()
        archives = [tmp_path / "first.zip", tmp_path / "second.zip"]
        with one.worker():
            writer = subprocess.Popen([sys.executable, "-c", WRITER], env=one.environment, stdout=subprocess.PIPE)
            assert writer.stdout is not None
            try:
                for path in archives:
                    writer.stdout.readline()  # it is at work
                    done(one, "backup", str(path))
                assert writer.poll() is None
            finally:
                writer.kill()
                writer.wait()
        counts = []
        for path in archives:
            done(two, "restore", str(path), "--replace")
            verdict = two.verify()
            assert verdict["ok"]
            found = tables(path)
            reports, entries = found["tables/incidents_report.jsonl"][1:], found["tables/journal_entry.jsonl"][1:]
            counts.append(len(reports))
            assert len(reports) == sum('"report.received"' in line for line in entries)
            assert len(reports) % 20 == 0  # they are stored 20 at a time: nothing half
        assert 0 < counts[0] < counts[1]


def held(house: Installation) -> bool:
    """Whether a restore has begun to work on the data folder."""
    with (house.data / ".in-use").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_killed_while_restoring(tmp_path: Path) -> None:
    with installation(tmp_path / "house") as house:
        house.first_administrator()
        house.key()
        assert filled(house, 400).wait(120) == 0
        path = tmp_path / "one.zip"
        done(house, "backup", str(path))
        entries = house.verify()["entries"]
        for seconds in (0.0, 1.5):
            process = subprocess.Popen(
                [sys.executable, "-m", "fenghuo.config.cli", "restore", str(path), "--replace"],
                env=house.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while process.poll() is None and not held(house):
                time.sleep(0.005)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            process.kill()
            process.wait()
        verdict = house.verify()
        assert verdict["ok"]
        assert verdict["entries"] in (entries, entries - 1, entries + 1)  # the old one, or the restored one
        done(house, "restore", str(path), "--replace")
        assert house.verify()["ok"]
        assert not list(house.data.glob(".*restoring*"))


def first_entry(house: Installation) -> datetime:
    """Its time, by the county's clock. The database is a copy, mostly of one that is some minutes old."""
    with closing(sqlite3.connect(house.data / "fenghuo.sqlite3")) as connection:
        (said,) = connection.execute("SELECT min(recorded_at) FROM journal_entry").fetchone()
    return datetime.fromisoformat(said).replace(tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai"))


@pytest.mark.skipif(ON_POSTGRESQL, reason="the schedule knows no database; making one is tried on both")
def test_the_worker_makes_the_daily_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation(tmp_path / "house") as house:
        house.first_administrator()
        # The turn comes after its first entry, and is over when the workers begin.
        turn = (first_entry(house) + timedelta(minutes=1)).replace(second=0, microsecond=0)
        monkeypatch.setenv("FENGHUO_BACKUP_AT", f"{turn:%H:%M}")
        time.sleep(max(0.0, (turn - datetime.now(turn.tzinfo)).total_seconds() + 1))
        listed: list[dict[str, str]] = []
        with house.worker(), house.worker():
            end = time.monotonic() + 180
            while time.monotonic() < end and not list((house.data / "backups").glob("*.zip")):
                time.sleep(0.2)
            # The file has its name before it is on the list: who stops the workers in between ends it unlisted.
            while time.monotonic() < end and not (listed := json.loads(done(house, "backup", "--list", "--json"))):
                time.sleep(0.2)
        assert [row["state"] for row in listed] == ["made"]
        assert listed[0]["made_by"] == "daily"
        done(house, "restore", "--check", listed[0]["path"])
