"""Waiting for others' commits: LISTEN on PostgreSQL, SQLite's own change counter otherwise."""

import time
from typing import Any, NamedTuple

from django.db import connection

POLL = 0.02  # seconds between looks at SQLite's counter; a look costs microseconds
BUSY = 1.0  # seconds after a change in which somebody in a hurry looks more often


class Notice(NamedTuple):
    channel: str
    payload: str


class Waking:
    """`wait` returns when something was committed elsewhere, or after `at_most` seconds.

    Belongs to the thread that uses it. `channels`: those of PostgreSQL by which it is told. `gather`: seconds to let
    neighbours arrive, so that they go together. `poll`: seconds between looks at SQLite's counter while others write.
    """

    def __init__(self, *channels: str, at_most: float, gather: float = 0.0, poll: float = POLL) -> None:
        self._channels, self._at_most, self._poll = channels, at_most, poll
        self.gather = gather
        self._listening: Any = None
        self._version = -1
        self._busy_until = 0.0

    def wait(self) -> list[Notice]:
        """The notices that came; none on SQLite, when the time is over, and the first time, to look what is there."""
        if connection.vendor == "postgresql":
            return self._wait_for_notice()
        self._wait_for_change()
        return []

    def close(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _wait_for_notice(self) -> list[Notice]:
        if self._listening is None:
            import psycopg

            parameters = connection.get_connection_params()
            wanted = {
                key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
            }
            self._listening = psycopg.connect(**wanted, autocommit=True)
            for channel in self._channels:
                self._listening.execute(f"LISTEN {channel}")
            return []  # what was committed before LISTEN is looked at first
        found = list(self._listening.notifies(timeout=self._at_most, stop_after=1))
        if found and self.gather:
            time.sleep(self.gather)
            found += self._listening.notifies(timeout=0)
        return [Notice(one.channel, one.payload) for one in found]

    def _wait_for_change(self) -> None:
        now = time.monotonic()
        end = now + self._at_most
        while now < end:
            time.sleep(self._poll if now < self._busy_until else POLL)
            now = time.monotonic()
            if (version := _version()) != self._version:
                self._version, self._busy_until = version, now + BUSY
                return


def _version() -> int:
    """SQLite's count of changes by others. Asked of the driver itself: it is asked hundreds of times a second."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors:
        return int(raw.execute("PRAGMA data_version").fetchone()[0])
