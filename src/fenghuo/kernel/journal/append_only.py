"""The database itself refuses to change or remove what is in the journal."""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Table and its unique columns: an insert that would replace a row through any of them is refused as well.
TABLES = {
    "journal_entry": ("id",),
    "journal_entryabout": ("id",),
    "journal_private": ("entry_id",),
    "journal_position": ("position", "entry_id"),
    "journal_seal": ("number", "first"),
    "journal_destroyed": ("entry_id",),
}
# The one exception: a private value may go when the table of destroyed ones names it (kernel.journal.destroyed).
DESTRUCTIBLE = "journal_private"
ORDERED = "SELECT 1 FROM journal_destroyed WHERE entry_id = OLD.entry_id"
REFUSAL = "the journal is append-only"


def install(using: str = "default", **_kwargs: Any) -> None:
    """Put the rules in place where they are missing; harmless when they are there."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in TABLES:
            if table in present:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the rules away: only for throwing a demonstration away, inside one transaction."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in _names(connection, table):
                suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing(using: str = "default") -> list[str]:
    """Names of rules that are not in force."""
    connection = connections[using]
    wanted = {name for table in TABLES for name in _names(connection, table)}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'journal%%_append_only' AND tgenabled='A' "
                "AND pg_table_is_visible(tgrelid)"  # not of tables that a restore has put aside
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        return sorted(wanted - {row[0] for row in cursor.fetchall()})


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"{table}_append_only"] + ([f"{table}_ordered_append_only"] if table == DESTRUCTIBLE else [])
    no_delete = "no_delete_without_order" if table == DESTRUCTIBLE else "no_delete"
    return [f"{table}_no_update", f"{table}_{no_delete}", f"{table}_no_replace"]


def _statements(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        # ALWAYS: also for sessions that pretend to be a replica. Statement level: the only level of TRUNCATE.
        events = "UPDATE OR TRUNCATE" if table == DESTRUCTIBLE else "UPDATE OR DELETE OR TRUNCATE"
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE {events} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only"
        if table == DESTRUCTIBLE:
            yield from _destructible(table)
        return
    abort = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    yield f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {abort}"
    if table == DESTRUCTIBLE:
        yield f"DROP TRIGGER IF EXISTS {table}_no_delete"  # the rule without the exception, of versions before
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete_without_order BEFORE DELETE ON {table} "
            f"WHEN NOT EXISTS ({ORDERED}) {abort}"
        )
    else:
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {abort}"
    # REPLACE deletes without firing the delete rule unless recursive_triggers is on for the connection.
    there = " OR ".join(f"{column} = NEW.{column}" for column in TABLES[table])
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) {abort}"
    )


def _destructible(table: str) -> Iterator[str]:
    """PostgreSQL: row by row, since whether it may go is a question of the row."""
    yield (
        "CREATE OR REPLACE FUNCTION journal_refuse_without_order() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT EXISTS ({ORDERED}) THEN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_ordered_append_only BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse_without_order()"
    )
    yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_ordered_append_only"
