"""What becomes of the work plan by itself: once a day units are reminded of what falls due."""

import logging
import threading

from fenghuo.kernel.access.turning import turn_until

from .services.reminding import remind_due

LOG = logging.getLogger(__name__)
LOOK_EVERY = 60.0  # seconds


class WorkPlanTick:
    """Runs until `stop` is set. Several of them do no harm: a unit is told once a step."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        trouble = "units cannot be reminded of the work plan"
        turn_until(self._stop, self.turn, every=LOOK_EVERY, log=LOG, trouble=trouble)

    def turn(self) -> None:
        while remind_due() and not self._stop.is_set():
            pass
