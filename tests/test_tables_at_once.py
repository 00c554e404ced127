"""An empty database gets its tables at once, and they are those that all migrations would have made, one by one."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fenghuo.kernel.access import tables

COMMAND = "fenghuo.kernel.access.management.commands.migrate"
type Empty = Callable[[], AbstractContextManager[None]]
type Shape = dict[str, list[str]]  # table → what it consists of, in words


def shape() -> Shape:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            found = [(name, part) for name, sql in cursor.fetchall() for part in parts(sql)]
        else:
            cursor.execute(
                "SELECT table_name, concat_ws(' ', column_name, udt_name, character_maximum_length, is_nullable, "
                "column_default, identity_generation) FROM information_schema.columns WHERE table_schema = 'public' "
                "UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' "
                "UNION ALL SELECT conrelid::regclass::text, concat(conname, ' ', pg_get_constraintdef(oid)) "
                "FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' "
                "UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
                "WHERE NOT tgisinternal"
            )
            found = cursor.fetchall()
    names = {name for name, _part in found}
    return {name: sorted(part for one, part in found if one == name) for name in sorted(names)}


def parts(sql: str) -> list[str]:
    """Of CREATE TABLE each column and constraint, of anything else the whole."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    body, depth, found = sql[sql.index("(") + 1 : sql.rindex(")")], 0, [""]
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [re.sub(r"\s+", " ", part).strip() for part in found]


def history() -> set[tuple[str, str]]:
    return set(MigrationExecutor(connection).recorder.applied_migrations())


def test_they_are_the_same(empty_database: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = []
    for at_once in (True, False):
        if not at_once:
            monkeypatch.setattr(f"{COMMAND}.is_empty", lambda: False)
        with empty_database():
            call_command("migrate", verbosity=0)
            shapes.append((shape(), history()))
    (made, recorded), (migrated, applied) = shapes
    # Django's migrations give this one table, which is not used here, longer keys on PostgreSQL than its models do.
    for found in (made, migrated):
        found["auth_group_permissions"] = [
            one for one in found["auth_group_permissions"] if not one.startswith("id int")
        ]
    assert made == migrated
    assert recorded == applied
    assert len(made) > 60


def test_a_slip_leaves_nothing(empty_database: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("fenghuo.kernel.access.tables.timezone.now", broken)
    with empty_database():
        with pytest.raises(OSError, match="full"):
            tables.make_tables()
        connection.close()
        assert tables.is_empty()


def test_what_has_tables_is_migrated_as_usual(empty_database: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{COMMAND}.make_tables", lambda: pytest.fail("twice"))
    with empty_database():
        call_command("migrate", "access", verbosity=0)
        call_command("migrate", verbosity=0)
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
