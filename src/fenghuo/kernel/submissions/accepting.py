"""The loop that accepts what somebody accepts together and the page did not finish."""

import logging
import threading

from fenghuo.kernel.access.turning import turn_until

from .models import Batch
from .services import accept_part
from .services.many import PAUSE_S

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds


class Acceptor:
    """Runs until `stop` is set. Several do no harm: a part holds its batch."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, self.turn, every=LOOK_EVERY, log=LOG, trouble="papers cannot be accepted together")

    def turn(self) -> None:
        """Everything that waits, the oldest first."""
        for pk in Batch.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True):
            while not self._stop.is_set() and not accept_part(pk):
                self._stop.wait(PAUSE_S)
