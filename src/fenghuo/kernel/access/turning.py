"""What is done by itself, turn by turn, until the process ends; a database that is away for a while ends nothing."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection


def turn_until(
    stop: threading.Event,
    turn: Callable[[], object],
    *,
    every: float,
    log: logging.Logger,
    trouble: str,
    errors: tuple[type[Exception], ...] = (DatabaseError,),
) -> None:
    """Call `turn` every so many seconds until `stop`, in a thread whose connection is its own.

    `trouble`: what is logged when it fails with one of `errors`; the next turn tries again.
    """
    try:
        while not stop.is_set():
            try:
                turn()
            except errors:
                log.exception("%s; trying again", trouble)
                close_old_connections()
            stop.wait(every)
    finally:
        connection.close()
