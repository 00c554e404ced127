"""An archive that cannot be trusted, or does not belong here, changes nothing."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Content
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.keeping.in_use import InUse, alone, serving
from fenghuo.kernel.keeping.models import Backup
from fenghuo.kernel.keeping.restoring import CannotRestore, building, restore

from .conftest import House, changed

NAMES = ["../evil", "/etc/evil", "tables/../../evil.jsonl", "settings/..", "settings/secret_key", "c:\\evil", "x"]
REPORTS = "tables/incidents_report.jsonl"


@pytest.fixture
def nothing_changes(house: House) -> Iterator[None]:
    before = house.rows()
    files = sorted(str(path) for path in house.data.rglob("*") if "sqlite3" not in path.name)
    yield
    after = house.rows()
    for name in before:
        if "journal" not in name:
            assert after[name] == before[name]
    left = sorted(str(path) for path in house.data.rglob("*") if "sqlite3" not in path.name)
    assert [path for path in left if ".in-use" not in path] == files
    assert not list(house.data.glob(".*restoring*"))
    assert verify().ok


def refused(path: Path, *words: str, replace: bool = True, demo: bool = False) -> None:
    with pytest.raises(CannotRestore) as refusal:
        restore(path, by=SYSTEM, replace=replace, demo=demo)
    for word in words:
        assert word in str(refusal.value)


@pytest.mark.usefixtures("nothing_changes")
class TestDamaged:
    def test_cut_short(self, house: House) -> None:
        path = house.backup()
        short = house.outside / "short.zip"
        short.write_bytes(path.read_bytes()[:-2000])
        refused(short, "short.zip", "no whole archive")

    def test_no_archive_at_all(self, house: House) -> None:
        text = house.outside / "text.zip"
        text.write_text("hello")
        refused(text, "no whole archive")
        refused(house.outside / "absent.zip", "absent.zip")
        refused(house.outside, "outside")

    def test_a_changed_byte_is_found_in_its_member(self, house: House) -> None:
        path = house.backup()
        (digest,) = Content.objects.values_list("pk", flat=True)
        content = path.read_bytes()
        place = content.index(store.path_of(digest).read_bytes())
        path.write_bytes(content[:place] + b"X" + content[place + 1 :])
        refused(path, digest)

    def test_a_replaced_member_is_named(self, house: House) -> None:
        path = house.backup()
        refused(changed(path, house.outside / "x.zip", {REPORTS: b"{}\n"}), REPORTS)

    def test_a_missing_member_is_named(self, house: House) -> None:
        path = house.backup()
        refused(changed(path, house.outside / "x.zip", {REPORTS: None}), REPORTS, "missing")
        (digest,) = Content.objects.values_list("pk", flat=True)
        name = f"attachments/{digest[:2]}/{digest}"
        refused(changed(path, house.outside / "y.zip", {name: None}), "attachments are missing")

    @pytest.mark.parametrize("name", NAMES)
    def test_a_member_with_a_path_of_its_own(self, house: House, name: str) -> None:
        refused(changed(house.backup(), house.outside / "x.zip", {name: b"evil"}), "no backup has")
        assert not (house.outside.parent / "evil").exists()

    def test_a_member_that_the_manifest_does_not_name(self, house: House) -> None:
        refused(changed(house.backup(), house.outside / "x.zip", {"settings/own.csv": b"1"}), "does not name it")

    def test_no_manifest_and_a_broken_one(self, house: House) -> None:
        path = house.backup()
        refused(changed(path, house.outside / "a.zip", {"manifest.json": None}), "manifest.json")
        refused(changed(path, house.outside / "b.zip", {"manifest.json": b"{"}), "manifest.json")
        refused(changed(path, house.outside / "c.zip", {"manifest.json": b"{}"}), "no backup of Fenghuo")

    def test_rows_that_do_not_fit_though_all_sums_are_right(self, house: House) -> None:
        def add(line: str) -> Path:
            from zipfile import ZipFile

            path = house.outside / "one.zip"
            made = path if path.exists() else house.backup()
            with ZipFile(made) as archive:
                content = archive.read(REPORTS) + line.encode()

            def sums(said: dict[str, Any]) -> None:
                said["members"][REPORTS] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}

            return changed(made, house.outside / "x.zip", {REPORTS: content}, sums)

        refused(add("[1,2]\n"), REPORTS, "line 4")
        refused(add("half"), REPORTS, "cut short")
        width = 60
        refused(add(json.dumps([None] * width) + "\n"), REPORTS)

    def test_a_journal_that_was_changed_in_the_archive(self, house: House) -> None:
        from zipfile import ZipFile

        name = "tables/journal_entry.jsonl"
        path = house.backup()
        with ZipFile(path) as archive:
            content = archive.read(name).replace(b'"report.received"', b'"report.dismissed"', 1)

        def sums(said: dict[str, Any]) -> None:
            said["members"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}

        refused(changed(path, house.outside / "x.zip", {name: content}, sums), "does not verify")

    def test_a_bomb_is_refused_before_it_is_unpacked(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        path = house.backup()
        usage = type("Usage", (), {"free": 1000})()
        monkeypatch.setattr("fenghuo.kernel.keeping.restoring.refusing.shutil.disk_usage", lambda _folder: usage)
        refused(path, "free some space")


@pytest.mark.usefixtures("nothing_changes")
class TestNotForHere:
    def test_records_are_here(self, house: House) -> None:
        refused(house.backup(), "--replace", replace=False)

    def test_newer_tables(self, house: House) -> None:
        def newer(said: dict[str, Any]) -> None:
            said["migrations"].append(["incidents", "0999_from_tomorrow"])
            said["fenghuo"] = "9.9"

        path = changed(house.backup(), house.outside / "x.zip", manifest=newer)
        refused(path, "9.9", "0999_from_tomorrow", "Install")

    def test_a_newer_form(self, house: House) -> None:
        path = changed(house.backup(), house.outside / "x.zip", manifest=lambda said: said.update(format_version=2))
        refused(path, "form 2")

    def test_another_county(self, house: House, settings: Any) -> None:
        path = house.backup()
        settings.NODE = "610124"
        refused(path, "鄠邑区", "610118000000", "610124000000")

        def other(said: dict[str, Any]) -> None:
            said["installation"] |= {"name": "周至县", "code": "610124000000"}

        settings.NODE = ""
        refused(changed(path, house.outside / "x.zip", manifest=other), "周至县", "鄠邑区")

    def test_a_demonstration(self, house: House) -> None:
        path = changed(
            house.backup(), house.outside / "x.zip", manifest=lambda said: said["installation"].update(demo=True)
        )
        refused(path, "--demo")

    def test_a_server_is_running(self, house: House) -> None:
        path = house.backup()
        with serving():
            refused(path, "server is running", "stop it")
        with alone(), pytest.raises(InUse, match="restore"), serving():
            pass

    def test_a_failure_in_the_middle(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        path = house.backup()
        (digest,) = Content.objects.values_list("pk", flat=True)
        kept = store.path_of(digest).read_bytes()
        store.path_of(digest).unlink()

        def broken(_manifest: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(building, "_checked", broken)
        refused(path, "Nothing was changed", "No space left")
        assert not store.path_of(digest).exists()  # what was added is taken back
        store.path_of(digest).write_bytes(kept)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'fenghuo%%'")
                assert cursor.fetchall() == []


def test_the_command_refuses_in_words(house: House) -> None:
    path = house.backup()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(path))
    assert Backup.objects.count() == 1


def test_checking_changes_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    path = house.backup()
    call_command("restore", str(path), "--check")
    assert "鄠邑区" in capsys.readouterr().out
    call_command("restore", str(path), "--check", "--json")
    assert json.loads(capsys.readouterr().out)["installation"]["code"] == "610118000000"
