"""A backup is whole under its final name, or it is not there and somebody hears of it."""

import errno
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.management import CommandError, call_command

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.keeping.archive import writing
from fenghuo.kernel.keeping.archive.tables import LEFT_OUT, tables
from fenghuo.kernel.keeping.models import Backup, State
from fenghuo.kernel.keeping.services import BackupFailed, make_backup, making

from .conftest import House


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_noted_and_on_record(house: House) -> None:
    path = house.backup(keep_days=10)
    made = Backup.objects.get()
    assert made.size == path.stat().st_size
    assert made.journal_ok
    assert made.position == Entry.objects.count() - 1  # the entry about the backup came after it
    assert (made.keep_until - made.made_at.date()).days in (10, 11)  # type: ignore[operator]
    assert Entry.objects.order_by("-pk")[0].verb == "backup.made"
    assert path.stat().st_mode & 0o077 == 0
    assert names(house.outside) == ["one.zip"]


def test_what_is_there_is_never_replaced(house: House) -> None:
    (house.outside / "there.zip").write_text("a letter")
    (house.outside / "link.zip").symlink_to(house.outside / "nowhere.zip")
    for name in ("there.zip", "link.zip"):
        with pytest.raises(Invalid, match="there already"):
            house.backup(name)
    assert (house.outside / "there.zip").read_text() == "a letter"
    assert names(house.outside) == ["link.zip", "there.zip"]


def test_a_folder_that_is_missing_or_no_folder(house: House) -> None:
    with pytest.raises(Invalid, match="make it first"):
        house.backup("absent/one.zip")
    (house.outside / "file").write_text("")
    with pytest.raises(Invalid, match="folder"):
        house.backup("file/one.zip")
    (house.data / "attachments").mkdir(exist_ok=True)
    with pytest.raises(Invalid, match="attachments"):
        make_backup(house.data / "attachments" / "one.zip", by=SYSTEM, keep_days=1, made_by="x")
    assert not Backup.objects.exists()


def test_a_linked_folder_is_followed_and_its_real_place_noted(house: House) -> None:
    (house.outside / "disk").mkdir()
    (house.outside / "link").symlink_to(house.outside / "disk")
    house.backup("link/one.zip")
    assert Backup.objects.get().path == str((house.outside / "disk" / "one.zip").resolve())


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_days_that_nobody_means(house: House, days: int) -> None:
    with pytest.raises(Invalid, match="keep"):
        house.backup(keep_days=days)
    with pytest.raises(CommandError, match="keep"):
        call_command("backup", str(house.outside / "x.zip"), "--keep", str(days))


def test_a_full_disk_in_the_middle_leaves_no_half_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(file: IO[bytes], **_said: Any) -> None:
        file.write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "write_archive", half)
    with pytest.raises(BackupFailed, match="free some space"):
        house.backup()
    assert names(house.outside) == []
    failed = Backup.objects.get()
    assert failed.state == State.FAILED
    assert "No space left" in failed.notes
    assert Entry.objects.order_by("-pk")[0].verb == "backup.failed"


def test_somebody_else_puts_a_file_there_meanwhile(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    real = writing.write_archive

    def slow(file: IO[bytes], **said: Any) -> Any:
        (house.outside / "one.zip").write_text("a letter")
        return real(file, **said)

    monkeypatch.setattr(making, "write_archive", slow)
    with pytest.raises(Invalid, match="there already"):
        house.backup()
    assert (house.outside / "one.zip").read_text() == "a letter"
    assert names(house.outside) == ["one.zip"]


def test_only_administrators(house: House) -> None:
    for role in ("duty_officer", "commander", "head", "observer"):
        with pytest.raises(NotAllowed):
            make_backup(house.outside / "x.zip", by=house.county.actor("emo", role), keep_days=1, made_by="x")
    make_backup(house.outside / "x.zip", by=house.county.actor("emo", "administrator"), keep_days=1, made_by="x")


def test_every_table_is_in_it_or_left_out_with_a_reason(house: House) -> None:
    from django.db import connection

    there = set(connection.introspection.table_names()) - {"sqlite_sequence"}
    assert there == {table.name for table in tables()} | set(LEFT_OUT)
