"""The sequencer: gives committed entries their position, one process at a time, without gaps.

For PostgreSQL, where a lower number can commit later; on SQLite an entry has its position when it is committed (order).
Where people look on, the reader of the live stream does it at once (web.live.hub): a process fewer to wait for.
"""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from .models import Lease
from .order import ENTRIES
from .waking import Waking

LOG = logging.getLogger(__name__)
POSITIONS = "fenghuo_positions"  # the PostgreSQL channel that wakes those who follow; it says the highest position
NAME = "sequencer"
MOST_AT_ONCE = 500
SIGN_OF_LIFE = 5.0  # seconds
GATHER = 0.01  # seconds for neighbours to arrive, and for those to be quicker who follow for somebody that looks on
NUMBER = (
    "INSERT INTO journal_position (position, entry_id, at) "
    "SELECT %s + row_number() OVER (ORDER BY entry_id), entry_id, %s FROM journal_unnumbered ORDER BY entry_id LIMIT %s"
)
UNQUEUE = "DELETE FROM journal_unnumbered WHERE entry_id IN (SELECT entry_id FROM journal_position WHERE position > %s)"
# The same for PostgreSQL, sent as one text, which is one transaction and one way there and back: everybody who looks
# at a screen waits for it. The second statement sees what was committed before the first one had its lock.
AT_ONCE = """
SELECT 1 FROM journal_lease WHERE name = '{name}' FOR UPDATE;
WITH waiting AS (
  SELECT entry_id FROM journal_unnumbered WHERE EXISTS (SELECT 1 FROM journal_lease WHERE name = '{name}')
  ORDER BY entry_id LIMIT {limit}
), placed AS (
  INSERT INTO journal_position (position, entry_id, at)
  SELECT (SELECT COALESCE(MAX(position), 0) FROM journal_position) + row_number() OVER (ORDER BY entry_id),
    entry_id, '{at}'::timestamptz
  FROM waiting RETURNING entry_id, position
), gone AS (
  DELETE FROM journal_unnumbered WHERE entry_id IN (SELECT entry_id FROM placed) RETURNING 1
)
SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('{channel}', (SELECT max(position)::text FROM placed)) END
FROM gone
"""


def number_waiting(limit: int = MOST_AT_ONCE) -> int:
    """Give positions to up to `limit` waiting entries, in one transaction; how many got one.

    Written out in SQL: it runs up to fifty times a second beside intake, on the same two cores.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM journal_unnumbered LIMIT 1")
        if cursor.fetchone() is None:
            return 0  # without a transaction: SQLite's would take the write lock from the writers
    if connection.vendor == "postgresql":
        return number_at_once(limit)
    # The transaction itself is the lock: it began IMMEDIATE.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
        last = cursor.fetchone()[0]
        cursor.execute(NUMBER, [last, connection.ops.adapt_datetimefield_value(timezone.now()), limit])
        cursor.execute(UNQUEUE, [last])
        return int(cursor.rowcount)


def number_at_once(limit: int = MOST_AT_ONCE) -> int:
    """As number_waiting, on PostgreSQL, for whoever knows that some wait."""
    now = timezone.now()
    statements = AT_ONCE.format(name=NAME, limit=int(limit), at=now.isoformat(), channel=POSITIONS)
    with connection.cursor() as cursor:
        cursor.execute(statements)  # without parameters, else the driver takes one statement only
        there = cursor.fetchone()
        cursor.nextset()
        numbered = int(cursor.fetchone()[0])
    if there is None:
        Lease.objects.get_or_create(name=NAME, defaults={"at": now})
        return number_at_once(limit)
    return numbered


class Sequencer:
    """Runs until `stop` is set. Two of them do no harm: the lease lets one at a time."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        waking = Waking(ENTRIES, at_most=0.1, gather=GATHER)
        alive = 0.0
        try:
            while not self._stop.is_set():
                try:
                    while number_waiting() == MOST_AT_ONCE and not self._stop.is_set():
                        pass
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
