"""The loop that follows the chains: reminds, asks the next in line, gives back to the desk."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from .services import do_due_steps

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds


class Reminder:
    """Runs until `stop` is set. Several of them do no harm: a step is claimed by changing its row."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    do_due_steps()
                except DatabaseError:
                    LOG.exception("reminders cannot be given; trying again")
                    close_old_connections()
                self._stop.wait(LOOK_EVERY)
        finally:
            connection.close()
