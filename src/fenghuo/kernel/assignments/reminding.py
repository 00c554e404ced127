"""The loop that follows the chains: reminds, asks the next in line, gives back to the desk."""

import logging
import threading

from fenghuo.kernel.access.turning import turn_until

from .services import do_due_steps

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds


class Reminder:
    """Runs until `stop` is set. Several of them do no harm: a step is claimed by changing its row."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, do_due_steps, every=LOOK_EVERY, log=LOG, trouble="reminders cannot be given")
