"""What becomes of plans by itself: they fall due, other rules ask other units, and a day's figure is kept."""

import logging
import threading

from django.utils import timezone

from fenghuo.kernel.access.turning import turn_until

from .checks.services import remind_due
from .duties.daily import keep_day
from .duties.rebuilding import catch_up
from .services import fall_due
from .services.falling_due import MOST_AT_ONCE

LOG = logging.getLogger(__name__)
LOOK_EVERY = 20.0  # seconds
BREATH = 0.2  # seconds for other writers


class PlanTick:
    """Runs until `stop` is set. Several of them do no harm: rows are held while they are changed."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, self.turn, every=LOOK_EVERY, log=LOG, trouble="plans cannot be looked at")

    def turn(self) -> None:
        while catch_up() and not self._stop.is_set():
            self._stop.wait(BREATH)
        while fall_due() >= MOST_AT_ONCE and not self._stop.is_set():
            self._stop.wait(BREATH)
        while remind_due() and not self._stop.is_set():
            self._stop.wait(BREATH)
        if not self._stop.is_set():
            keep_day(timezone.localdate())
