"""Waiting for others' commits: LISTEN on PostgreSQL, SQLite's own change counter otherwise."""

import time
from typing import Any

from django.db import connection

POLL = 0.02  # seconds between looks at SQLite's counter; a look costs microseconds


class Waking:
    """`wait` returns when something was committed elsewhere, or after `at_most` seconds.

    Belongs to the thread that uses it. `gather`: seconds to let neighbours arrive, so that they go together.
    """

    def __init__(self, channel: str, *, at_most: float, gather: float = 0.0) -> None:
        self._channel, self._at_most, self._gather = channel, at_most, gather
        self._listening: Any = None
        self._version = -1

    def wait(self) -> None:
        if connection.vendor == "postgresql":
            self._wait_for_notice()
        else:
            self._wait_for_change()

    def close(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _wait_for_notice(self) -> None:
        if self._listening is None:
            import psycopg

            parameters = connection.get_connection_params()
            wanted = {
                key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
            }
            self._listening = psycopg.connect(**wanted, autocommit=True)
            self._listening.execute(f"LISTEN {self._channel}")
            return  # what was committed before LISTEN is looked at first
        for _notice in self._listening.notifies(timeout=self._at_most, stop_after=1):
            time.sleep(self._gather)

    def _wait_for_change(self) -> None:
        end = time.monotonic() + self._at_most
        while time.monotonic() < end:
            time.sleep(POLL)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA data_version")
                version = cursor.fetchone()[0]
            if version != self._version:
                self._version = version
                return
