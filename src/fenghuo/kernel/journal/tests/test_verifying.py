"""verify finds what somebody with the keys to the database has changed."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.append_only import remove
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from tests.county import County


@pytest.fixture
def entry(county: County) -> Entry:
    """One of some, numbered, and the database's rules switched off."""
    made = [
        record("unit.noted", SYSTEM, about=[county.units["emo"]], public={"n": n}, private={"note": str(n)})
        for n in range(3)
    ]
    number_waiting()
    remove()
    return Entry.objects.get(pk=made[1])


def run(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_journal_is_clean(entry: Entry) -> None:
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == verdict.positions > 3
    assert verdict.waiting == 0


def test_what_has_no_position_yet_is_waiting(county: County) -> None:
    verdict = verify()
    assert verdict.ok
    waiting = verdict.entries if connection.vendor == "postgresql" else 0  # SQLite: numbered in the same transaction
    assert verdict.waiting == waiting
    assert verdict.positions == verdict.entries - waiting


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "unit.other"),
        ("actor_label", "somebody"),
        ("address", "10.0.0.1"),
        ("happened_at", "2020-01-01 00:00:00"),
        ("recorded_at", "2020-01-01 00:00:00"),
        ("text", "{}"),
        ("text", "not json"),
    ],
)
def test_a_changed_column_is_found(entry: Entry, column: str, value: str) -> None:
    run(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    bad = verify().first_bad
    assert bad is not None
    assert bad.entry == entry.pk


def test_a_changed_unit_is_found(entry: Entry, county: County) -> None:
    run("UPDATE journal_entry SET unit_id = %s WHERE id = %s", county.units["emo"].pk, entry.pk)
    assert (bad := verify().first_bad) is not None
    assert "unit" in bad.what


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_private SET value = '{}' WHERE entry_id = %s",
        "UPDATE journal_private SET salt = 'zz' WHERE entry_id = %s",
        "DELETE FROM journal_private WHERE entry_id = %s",
        "DELETE FROM journal_entryabout WHERE entry_id = %s",
        "UPDATE journal_entryabout SET record_id = (SELECT MIN(id) FROM access_record) WHERE entry_id = %s",
    ],
)
def test_a_changed_companion_is_found(entry: Entry, statement: str) -> None:
    run(statement, entry.pk)
    assert (bad := verify().first_bad) is not None
    assert bad.entry == entry.pk


def test_a_removed_position_is_found(entry: Entry) -> None:
    position = entry.numbered.position
    run("DELETE FROM journal_position WHERE position = %s", position)
    assert (bad := verify().first_bad) is not None
    assert bad.position == position


def test_an_inserted_entry_without_position_is_found(entry: Entry) -> None:
    extra = Entry.objects.get(pk=entry.pk)
    extra.pk = None
    extra.save(force_insert=True)
    assert not verify().ok


def test_the_command_says_so_and_exits_with_1(entry: Entry, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("journal", "verify", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is True
    assert set(said) >= {"entries", "positions", "batches", "ok", "first_bad", "destroyed"}
    run("UPDATE journal_entry SET verb = 'x' WHERE id = %s", entry.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["first_bad"]["entry"] == entry.pk
