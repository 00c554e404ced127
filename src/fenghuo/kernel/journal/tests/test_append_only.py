"""The database refuses every way of changing the past that SQL offers."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.append_only import TABLES, missing
from fenghuo.kernel.journal.destroyed import remove_values
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sealing import seal_waiting
from fenghuo.kernel.journal.sequencer import number_waiting
from tests.county import County, make_county

SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def entry(county: County) -> Entry:
    made = record("unit.noted", SYSTEM, about=[county.units["emo"]], private={"note": "1"})
    gone = record("unit.noted", SYSTEM, about=[county.units["emo"]], private={"note": "2"})
    remove_values([gone], order_no=1, by_entry=made)
    number_waiting()
    seal_waiting()
    return Entry.objects.get(pk=made)


def refused(statement: str, *values: int | str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", TABLES)
def test_update_and_delete_are_refused(entry: Entry, table: str) -> None:
    column = TABLES[table][0]
    refused(f"UPDATE {table} SET {column} = {column}")
    refused(f"DELETE FROM {table}")


def test_truncate_is_refused(entry: Entry) -> None:
    if SQLITE:  # its TRUNCATE is a DELETE without WHERE
        refused("DELETE FROM journal_position")
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the test's open transaction would be the first objection
    for table in TABLES:
        refused(f"TRUNCATE {table} CASCADE")
    refused("TRUNCATE access_record CASCADE")


def test_a_session_that_plays_replica_is_refused(entry: Entry) -> None:
    if SQLITE:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        refused("DELETE FROM journal_private")


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replacing_a_row_is_refused(entry: Entry, recursive: str) -> None:
    columns = "id, verb, actor_label, address, happened_at, recorded_at, text"
    values = "%s, 'x', 'x', '', '2026-01-01', '2026-01-01', '{}'"
    if not SQLITE:
        refused(
            f"INSERT INTO journal_entry ({columns}) OVERRIDING SYSTEM VALUE VALUES ({values}) "
            "ON CONFLICT (id) DO UPDATE SET verb = 'x'",
            entry.pk,
        )
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        refused(f"INSERT OR REPLACE INTO journal_entry ({columns}) VALUES ({values})", entry.pk)
        refused(
            "INSERT OR REPLACE INTO journal_position (position, entry_id, at) VALUES (999, %s, '2026-01-01')", entry.pk
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_rules_are_back_after_a_migration_remakes_the_table(fresh_database: None) -> None:
    """AddField with a default makes Django's SQLite backend copy the table, which drops its rules without a word."""
    with transaction.atomic():
        make_county()
    assert missing() == []
    before = ProjectState.from_apps(apps)
    operation = migrations.AddField("entry", "shade", models.CharField(max_length=8, default="x"))
    after = before.clone()
    operation.state_forwards("journal", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("journal", editor, before, after)
    assert bool(missing()) == SQLITE
    call_command("migrate", verbosity=0)
    assert missing() == []
    refused("UPDATE journal_entry SET verb = 'x'")
