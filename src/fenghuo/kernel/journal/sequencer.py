"""The sequencer: gives committed entries their position, one process at a time, without gaps.

For PostgreSQL, where a lower number can commit later; on SQLite an entry has its position when it is committed (order).
"""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from .models import Lease
from .order import ENTRIES
from .waking import Waking

LOG = logging.getLogger(__name__)
POSITIONS = "fenghuo_positions"  # the PostgreSQL channel that wakes those who follow
NAME = "sequencer"
MOST_AT_ONCE = 500
SIGN_OF_LIFE = 5.0  # seconds
FEW, GATHER = 4, 0.01  # with more than FEW at once, neighbours are waited for so many seconds: a storm is on
NUMBER = (
    "INSERT INTO journal_position (position, entry_id, at) "
    "SELECT %s + row_number() OVER (ORDER BY entry_id), entry_id, %s FROM journal_unnumbered ORDER BY entry_id LIMIT %s"
)
UNQUEUE = "DELETE FROM journal_unnumbered WHERE entry_id IN (SELECT entry_id FROM journal_position WHERE position > %s)"


def number_waiting(limit: int = MOST_AT_ONCE) -> int:
    """Give positions to up to `limit` waiting entries, in one transaction; how many got one.

    Written out in SQL: it runs up to fifty times a second beside intake, on the same two cores.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM journal_unnumbered LIMIT 1")
        if cursor.fetchone() is None:
            return 0  # without a transaction: SQLite's would take the write lock from the writers
    with transaction.atomic(), connection.cursor() as cursor:
        _hold_lease()
        cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
        last = cursor.fetchone()[0]
        cursor.execute(NUMBER, [last, connection.ops.adapt_datetimefield_value(timezone.now()), limit])
        cursor.execute(UNQUEUE, [last])
        numbered = int(cursor.rowcount)
        if numbered and connection.vendor == "postgresql":
            cursor.execute(f"NOTIFY {POSITIONS}")
    return numbered


class Sequencer:
    """Runs until `stop` is set. Two of them do no harm: the lease lets one at a time."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        waking = Waking(ENTRIES, at_most=0.1)
        alive = 0.0
        try:
            while not self._stop.is_set():
                try:
                    while (numbered := number_waiting()) == MOST_AT_ONCE and not self._stop.is_set():
                        pass
                    waking.gather = GATHER if numbered > FEW else 0.0
                    alive = self._give_sign(alive)
                    waking.wait()
                except DatabaseError:
                    LOG.exception("positions cannot be given; trying again")
                    close_old_connections()
                    waking.close()
                    self._stop.wait(1.0)
        finally:
            waking.close()
            connection.close()

    def _give_sign(self, before: float) -> float:
        now = timezone.now()
        if now.timestamp() - before < SIGN_OF_LIFE:
            return before
        Lease.objects.update_or_create(name=NAME, defaults={"at": now})
        return now.timestamp()


def _hold_lease() -> None:
    """On SQLite the transaction itself is the lock: it began IMMEDIATE."""
    if connection.vendor == "postgresql" and Lease.objects.select_for_update().filter(name=NAME).first() is None:
        Lease.objects.get_or_create(name=NAME, defaults={"at": timezone.now()})
        Lease.objects.select_for_update().get(name=NAME)
