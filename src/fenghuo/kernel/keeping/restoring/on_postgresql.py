"""PostgreSQL: all in one transaction. New tables in a schema of their own change places with the old ones."""

from collections.abc import Callable

from django.db import connection, transaction

from fenghuo.kernel.access.rows import forget_sequences

FRESH = "fenghuo_restoring"
PATIENCE = "10s"  # for whoever still holds a lock on the old tables


def build_beside(build: Callable[[], None], aside: str) -> None:
    """Call `build` with the connection on a new schema; afterwards its tables stand where ours stood.

    `aside`: the schema into which the old tables go; when empty, they held nothing and are dropped. Until the commit
    nobody sees anything of it, and a kill leaves nothing behind. Raises: what `build` raises; DatabaseError.
    """
    forget_sequences()
    try:
        _build_and_swap(build, aside)
    finally:
        forget_sequences()
        connection.close()  # statements that it has prepared are about the old tables


def _build_and_swap(build: Callable[[], None], aside: str) -> None:
    with transaction.atomic():
        home = _ask("SELECT current_schema()")[0]
        _run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        _run(f"DROP SCHEMA IF EXISTS {FRESH} CASCADE")
        _run(f"CREATE SCHEMA {FRESH}")
        _run(f"SET LOCAL search_path TO {FRESH}")
        build()
        # Checks that wait for the commit would forbid to move the tables that they are about.
        _run("SET CONSTRAINTS ALL IMMEDIATE")
        _run(f"SET LOCAL search_path TO {_quoted(home)}")
        ours = _tables(FRESH)
        old = [table for table in _tables(home) if table in set(ours)]
        leaving = aside or f"{FRESH}_old"
        _run(f"CREATE SCHEMA {leaving}")
        for function in _functions_of(home, old):
            _run(f"ALTER FUNCTION {function} SET SCHEMA {leaving}")
        _move(old, home, leaving)
        for function in _ask(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = %s::regnamespace", FRESH
        ):
            _run(f"ALTER FUNCTION {function} SET SCHEMA {_quoted(home)}")
        _move(ours, FRESH, home)
        _run(f"DROP SCHEMA {FRESH}")
        if not aside:
            _run(f"DROP SCHEMA {leaving} CASCADE")


def _move(tables: list[str], source: str, target: str) -> None:
    for table in tables:
        _run(f"ALTER TABLE {_quoted(source)}.{_quoted(table)} SET SCHEMA {_quoted(target)}")


def _tables(schema: str) -> list[str]:
    return _ask("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", schema)


def _functions_of(schema: str, tables: list[str]) -> list[str]:
    """Those that the tables' triggers call."""
    return _ask(
        "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = %s::regnamespace AND relname = ANY(%s)",
        schema,
        tables,
    )


def _ask(statement: str, *values: str | list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [str(row[0]) for row in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
