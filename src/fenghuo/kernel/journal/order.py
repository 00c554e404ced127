"""How an entry comes to its position: at once where only one can write at a time, else through the queue."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from fenghuo.kernel.access.rows import insert_rows

from .models import Position, Unnumbered

ENTRIES = "fenghuo_entries"  # the PostgreSQL channel that wakes the sequencer


def put_in_order(entries: Sequence[int], at: datetime) -> None:
    """Inside the transaction that wrote these entries, after they were written.

    SQLite: that transaction holds the only write lock, so the order of numbers is the order of commits, and one that
    is rolled back takes its numbers with it. PostgreSQL: others write at the same time, so the sequencer gives
    numbers after commit; the notice is sent when the transaction commits, and not otherwise.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
            last = int(cursor.fetchone()[0])
            rows = [(last + place, entry, at) for place, entry in enumerate(entries, 1)]
            insert_rows(Position, ("position", "entry", "at"), rows)
        else:
            insert_rows(Unnumbered, ("entry",), [(entry,) for entry in entries])
            cursor.execute(f"NOTIFY {ENTRIES}")
