"""One moment of the database, as one reader sees it, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def snapshot() -> Iterator[None]:
    """What this thread's connection reads inside is one committed state. Takes no lock that a writer waits for.

    SQLite: a read transaction on the write-ahead log (never IMMEDIATE, as atomic() would be). PostgreSQL: REPEATABLE
    READ, read only. Raises: RuntimeError inside a transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot is taken outside any transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM journal_entry LIMIT 1")  # the first read is what fixes the moment
            yield
        finally:
            cursor.execute("ROLLBACK")
