"""The loop that carries out orders, makes those that rules ask for, and lets the database forget."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError

from fenghuo.kernel.access.turning import turn_until

from .models import Order, OrderState
from .rooms import rooms
from .scrubbing import scrub
from .services import apply_rules, carry_out_part, give_up_cut_off, write_list

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds
RULES_EVERY = 3600.0
SCRUB_EVERY = 10.0
# Records in one part. Fewer save nothing: most of a part's time does not depend on how many they are.
FEWEST, MOST = 10, 200
SHORT_S, LONG_S = 0.04, 0.07  # a part holds the write lock no longer than this, as far as it can be foreseen
PAUSE_S = 0.02  # between two parts, so that others get their turn


class Destroyer:
    """Runs until `stop` is set. Several do no harm: a part holds its order."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._size = FEWEST
        self._next: dict[str, float] = {}

    def run(self) -> None:
        turn_until(
            self._stop,
            self._turn,
            every=LOOK_EVERY,
            log=LOG,
            trouble="destruction orders cannot be carried out",
            errors=(DatabaseError, OSError),
        )

    def run_until_idle(self) -> None:
        """Carry out everything that is confirmed and return; for tests and commands."""
        for order in Order.objects.filter(state=OrderState.RUNNING).order_by("no"):
            while not self._part(order) and not self._stop.is_set():
                pass

    def _turn(self) -> None:
        self._every(RULES_EVERY, self._rules)
        for order in Order.objects.filter(state=OrderState.RUNNING).order_by("no"):
            while not self._stop.is_set() and not self._part(order):
                self._stop.wait(PAUSE_S)
        self._every(SCRUB_EVERY, self._clean)

    def _part(self, order: Order) -> bool:
        """Carry out one part; whether the order has come to an end. The next part is as large as this one was quick."""
        began = time.monotonic()
        part = carry_out_part(order, self._size)
        took = time.monotonic() - began
        if took > LONG_S:
            self._size = max(FEWEST, self._size // 2)
        elif took < SHORT_S and part.taken == self._size:
            self._size = min(MOST, self._size * 2)
        if part.ended:
            write_list()
        return part.ended or not part.taken

    def _rules(self) -> None:
        give_up_cut_off()
        try:
            apply_rules()
        except ValueError as error:
            LOG.error("no retention rule is applied, since the county's own file has a mistake: %s", error)

    def _clean(self) -> None:
        for room in rooms():
            if room.finish is not None:
                room.finish()
        scrub()

    def _every(self, seconds: float, do: Callable[[], None]) -> None:
        if time.monotonic() >= self._next.get(do.__name__, 0.0):
            do()
            self._next[do.__name__] = time.monotonic() + seconds
