"""Statements sent without waiting for each other: on PostgreSQL every wait is a round trip (decision 1)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

type Rows = list[tuple[Any, ...]]


@contextmanager
def pipelined() -> Iterator[None]:
    """PostgreSQL: what `ask` and `insert_rows` send inside is waited for only when an answer is read.

    Foreign keys are checked at each statement, while the next is being made, and not all at the commit.
    Inside `atomic`, so that what the database objected to is raised before the commit; and without a savepoint that
    is rolled back inside, since after an objection nothing is carried out until the end.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, raw.pipeline():
        send("SET CONSTRAINTS ALL IMMEDIATE", ()).close()
        yield


def ask(statement: str, values: Sequence[Any] = ()) -> Callable[[], Rows]:
    """Send a statement; call what is returned, once, for its rows. `statement` should always be the same text."""
    if connection.vendor == "postgresql":
        return _read_later(send(statement, values))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: Rows = cursor.fetchall()
    return lambda: rows


def send(statement: str, values: Sequence[Any]) -> Any:
    """PostgreSQL: a cursor whose statement the server prepares once a connection."""
    import psycopg

    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    with connection.wrap_database_errors:
        cursor.execute(statement, values, prepare=True)
    return cursor


def _read_later(cursor: Any) -> Callable[[], Rows]:
    def rows() -> Rows:
        with connection.wrap_database_errors, cursor:
            found: Rows = cursor.fetchall()
        return found

    return rows
