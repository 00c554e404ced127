"""What a backup holds comes back as it was: rows, keys, moments, journal, files, rules."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Content
from fenghuo.kernel.journal.append_only import missing
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.keeping.models import Backup, State
from fenghuo.kernel.keeping.restoring import restore
from fenghuo.kernel.maps.services import close_road

from .conftest import House, changed, lines_in

Report: Any = apps.get_model("incidents", "Report")  # of a room above
JOURNAL = {f"journal_{name}" for name in ("entry", "entryabout", "position", "unnumbered")}


def test_everything_is_as_it_was(house: House) -> None:
    before = house.rows()
    path = house.backup()
    entries = Entry.objects.count()
    house.report(text="后来的一起")
    Report.objects.update(address="changed")
    done = restore(path, by=SYSTEM, replace=True)
    after = house.rows()
    assert set(after) == set(before)
    for name, lines in before.items():
        if name in JOURNAL:  # backups and the restore are on record after it
            assert after[name][: len(lines)] == lines
        else:
            assert after[name] == lines, name
    assert done.verdict.ok
    assert verify().ok
    assert verify().entries > entries - 1
    assert missing() == []


def test_numbers_with_a_fraction_come_back_as_they_were(house: House) -> None:
    drawn = {"type": "Point", "coordinates": [108.7, 34.04]}
    by = house.county.actor("emo")
    close_road(by=by, where="桥", geometry=drawn, reason="结冰", effect="slowed", factor=2.5)
    closure = apps.get_model("maps", "Closure")
    path = house.backup()
    assert '"2.5"' in lines_in(path, "maps_closure")[1]
    closure.objects.update(factor=4)
    restore(path, by=SYSTEM, replace=True)
    assert closure.objects.get().factor == Decimal("2.5")


def test_the_journal_is_guarded_again_and_goes_on(house: House) -> None:
    path = house.backup()
    restore(path, by=SYSTEM, replace=True)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET verb = 'x'")
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    house.report()
    assert Entry.objects.order_by("-pk").values_list("pk", flat=True)[0] > last
    verdict = verify()
    assert verdict.ok
    assert verdict.waiting == 0


def test_keys_of_rows_that_are_gone_are_not_given_again(house: House) -> None:
    house.backup("first.zip")
    highest = Backup.objects.create(
        state=State.MADE, name="x", made_at="2026-01-01T00:00:00Z", keep_until="2026-02-01", made_by="x"
    )
    Backup.objects.filter(pk=highest.pk).delete()
    path = house.backup("second.zip")
    Backup.objects.all().delete()
    restore(path, by=SYSTEM, replace=True)
    assert Backup.objects.get(name="second.zip").pk > highest.pk


def test_files_come_back_and_damaged_ones_are_mended(house: House) -> None:
    path = house.backup()
    (digest,) = Content.objects.values_list("pk", flat=True)
    whole = store.path_of(digest).read_bytes()
    store.path_of(digest).write_bytes(b"eaten by the disk")
    restore(path, by=SYSTEM, replace=True)
    assert store.path_of(digest).read_bytes() == whole
    store.path_of(digest).unlink()
    restore(path, by=SYSTEM, replace=True)
    assert store.path_of(digest).read_bytes() == whole


@pytest.mark.parametrize("fate", ["missing", "damaged"])
def test_a_file_that_is_gone_or_changed_is_named(house: House, fate: str) -> None:
    (digest,) = Content.objects.values_list("pk", flat=True)
    if fate == "missing":
        store.path_of(digest).unlink()
    else:
        store.path_of(digest).write_bytes(b"other bytes")
    path = house.backup()
    made = Backup.objects.get(name=path.name)
    assert digest in made.notes
    done = restore(path, by=SYSTEM, replace=True)
    assert getattr(done.manifest.attachments, fate) == [digest]
    assert done.verdict.ok


def test_what_was_here_is_put_aside_and_listed_with_its_day(house: House, settings: Any) -> None:
    path = house.backup()
    house.report(text="只在旧库里")
    done = restore(path, by=SYSTEM, replace=True)
    aside = Backup.objects.get(state=State.ASIDE)
    assert aside.path == done.aside
    assert aside.keep_until is not None
    assert not Report.objects.filter(text="只在旧库里").exists()
    if connection.vendor == "sqlite":
        assert Path(aside.path).parent == settings.DATA / "backups"
        assert Path(aside.path).stat().st_mode & 0o077 == 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ATTACH DATABASE %s AS aside", [aside.path])
            cursor.execute("SELECT COUNT(*) FROM aside.incidents_report WHERE text = '只在旧库里'")
        else:
            schema = aside.path.removeprefix("schema:")
            cursor.execute(f"SELECT COUNT(*) FROM {schema}.incidents_report WHERE text = '只在旧库里'")
        assert cursor.fetchone()[0] == 1


def test_backups_made_later_stay_in_the_list(house: House) -> None:
    path = house.backup("old.zip")
    later = house.backup("later.zip")
    restore(path, by=SYSTEM, replace=True)
    assert set(Backup.objects.filter(state=State.MADE).values_list("name", flat=True)) == {"old.zip", later.name}


def test_older_tables_are_migrated_after_loading(house: House) -> None:
    path = house.backup()

    def older(said: dict[str, Any]) -> None:
        said["migrations"] = [row for row in said["migrations"] if row[0] != "keeping"]
        del said["tables"]["keeping_backup"]
        del said["members"]["tables/keeping_backup.jsonl"]

    old = changed(path, house.outside / "old.zip", {"tables/keeping_backup.jsonl": None}, older)
    done = restore(old, by=SYSTEM, replace=True)
    assert done.verdict.ok
    assert Backup.objects.filter(name="old.zip").exists()
    assert missing() == []


def test_the_archive_tells_moments_to_the_microsecond_in_utc(house: House) -> None:
    entry = Entry.objects.order_by("pk")[0]
    line = lines_in(house.backup(), "journal_entry")[1]
    assert entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") in line
    assert "\\\\u" not in line
