"""How an entry comes to its position: at once where only one can write at a time, else through the queue."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from fenghuo.kernel.access.pipeline import ask, send
from fenghuo.kernel.access.rows import Rows, insert_rows

from .models import Position, Unnumbered

ENTRIES = "fenghuo_entries"  # the PostgreSQL channel that wakes the sequencer


def insert_in_order(entries: Sequence[int], at: datetime, *inserts: Rows) -> None:
    """Insert the rows of these entries, together with their positions or their place in the queue.

    SQLite: that transaction holds the only write lock, so the order of numbers is the order of commits, and one that
    is rolled back takes its numbers with it. PostgreSQL: others write at the same time, so the sequencer gives
    numbers after commit; the notice is sent when the transaction commits, and not otherwise.
    """
    if connection.vendor == "sqlite":
        insert_rows(*inserts)
        last = int(ask("SELECT COALESCE(MAX(position), 0) FROM journal_position")()[0][0])
        rows = [(last + place, entry, at) for place, entry in enumerate(entries, 1)]
        insert_rows(Rows(Position, ("position", "entry", "at"), rows))
    else:
        insert_rows(*inserts, Rows(Unnumbered, ("entry",), [(entry,) for entry in entries]))
        send(f"NOTIFY {ENTRIES}", ()).close()
