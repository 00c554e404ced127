"""A small county with reports and a file, in a database and a data folder of its own."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.utils import translation

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.documents.services import attach, stage
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.keeping.archive.snapshot import snapshot
from fenghuo.kernel.keeping.archive.tables import rows_of, tables
from fenghuo.kernel.keeping.services import make_backup
from tests.county import County, make_county

DOCUMENT = b"a small document of the county\n"
type Change = Callable[[dict[str, Any]], None]


@dataclass
class House:
    """`data`: its data folder; `outside`: a folder elsewhere."""

    county: County
    data: Path
    outside: Path

    def report(self, **said: object) -> None:
        self.county.report(None, **said)
        while number_waiting():
            pass

    def backup(self, name: str = "one.zip", keep_days: int = 30) -> Path:
        path = self.outside / name
        make_backup(path, by=SYSTEM, keep_days=keep_days, made_by="a test")
        return path

    def rows(self) -> dict[str, list[str]]:
        """Every table as an archive tells it, but for the list of backups."""
        with snapshot():
            return {
                table.name: b"".join(rows_of(table)).decode().split("\n")[:-1]
                for table in tables()
                if table.name != "keeping_backup"
            }


def lines_in(path: Path, table: str) -> list[str]:
    """What an archive has of a table, its first line included."""
    with ZipFile(path) as archive:
        return archive.read(f"tables/{table}.jsonl").decode().split("\n")[:-1]


def changed(path: Path, to: Path, files: dict[str, bytes | None] | None = None, manifest: Change | None = None) -> Path:
    """A copy of the archive with members replaced, added or (None) left out, and its manifest changed."""
    files = files or {}
    with ZipFile(path) as old, ZipFile(to, "w") as new:
        for name in old.namelist():
            content = files.get(name, old.read(name))
            if name == "manifest.json" and manifest is not None:
                said = json.loads(old.read(name))
                manifest(said)
                content = json.dumps(said).encode()
            if content is not None:
                new.writestr(name, content)
        for name, content in files.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return to


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def house(fresh_database: None, settings: Any, tmp_path: Path) -> House:
    settings.NODE = "610118000000"
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA / "attachments"
    settings.DATA.mkdir()
    if connection.vendor == "sqlite":
        connection.close()
        before = str(connection.settings_dict["NAME"])
        connection.settings_dict["NAME"] = str(settings.DATA / "fenghuo.sqlite3")
        shutil.move(before, connection.settings_dict["NAME"])
    outside = tmp_path / "outside"
    outside.mkdir()
    with transaction.atomic():
        county = make_county()
    made = House(county, settings.DATA, outside)
    made.report(text="草堂营村村口两车相撞,三人受伤\n第二行 \u2028 “引号” 🔥")
    staged = stage([DOCUMENT], "报告.txt")
    with transaction.atomic():
        attach(county.units["emo"], staged, by=SYSTEM, action="registry.read", note="附件")
    made.report()
    while number_waiting():
        pass
    return made
