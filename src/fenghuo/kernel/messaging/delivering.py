"""The worker's part: claim what is due, hand it to the lanes, put on record how it ended."""

import logging
import threading
import time
from queue import Empty, SimpleQueue

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from fenghuo.kernel.journal.waking import Waking

from .channels import CHANNELS
from .claiming import anything_to_do, claim_due
from .lanes import Lanes
from .outcomes import Ended, record_ended
from .services.failing import tell_failures
from .waking import MESSAGES

LOG = logging.getLogger(__name__)
IDLE = 1.0  # seconds after which it looks by itself
BUSY = 0.1
GATHER = 0.005  # seconds to let outcomes come together, so that they share a transaction
LONGEST_END = 2.0
TELL_EVERY = 5.0  # seconds, while messages are being sent


class Deliverer:
    """Runs until `stop` is set. Several do no harm: a message belongs to whoever claimed it."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._done: SimpleQueue[Ended] = SimpleQueue()
        self._ended: list[Ended] = []  # kept until they are on record
        self._lanes: dict[str, Lanes] = {}
        self._told = 0.0

    def run(self) -> None:
        waking = Waking(MESSAGES, at_most=IDLE)
        self._start()
        try:
            while not self._stop.is_set():
                try:
                    self._turn()
                    if self._in_flight:
                        self._gather(BUSY)
                    else:
                        waking.wait()
                except DatabaseError:
                    LOG.exception("messages cannot be claimed or put on record; trying again")
                    close_old_connections()
                    waking.close()
                    self._stop.wait(1.0)
        finally:
            self._end()
            waking.close()
            connection.close()

    def run_until_idle(self) -> None:
        """Send what is due now and return; for tests and commands."""
        self._start()
        try:
            while self._turn() or self._in_flight:
                self._gather(BUSY)
        finally:
            self._end()

    @property
    def _in_flight(self) -> int:
        return sum(lanes.in_flight for lanes in self._lanes.values())

    def _start(self) -> None:
        self._lanes = {channel.name: Lanes(channel, self._done) for channel in CHANNELS.values() if channel.lanes}

    def _turn(self) -> bool:
        """Record what has ended, claim what there is room for; whether anything was claimed."""
        self._record()
        if not self._in_flight and not anything_to_do(timezone.now()):
            return False
        claimed = False
        for lanes in self._lanes.values():
            if room := lanes.room:
                jobs = claim_due(lanes.channel, room, timezone.now())
                lanes.put(jobs)
                claimed = claimed or bool(jobs)
        if not self._in_flight or time.monotonic() - self._told > TELL_EVERY:
            tell_failures()
            self._told = time.monotonic()
        return claimed

    def _gather(self, longest: float) -> None:
        """Wait for something to end, and a moment more for its neighbours."""
        try:
            self._ended.append(self._done.get(timeout=longest))
        except Empty:
            return
        time.sleep(GATHER)

    def _record(self) -> None:
        while True:
            try:
                self._ended.append(self._done.get_nowait())
            except Empty:
                break
        if not self._ended:
            return
        record_ended(self._ended)
        for one in self._ended:
            self._lanes[one.job.channel].in_flight -= 1
        self._ended = []

    def _end(self) -> None:
        """Give back what has not begun, and wait a moment for what is being sent. What is left comes back by lease."""
        for lanes in self._lanes.values():
            lanes.stop()
        end = time.monotonic() + LONGEST_END
        try:
            self._record()
            while self._in_flight and time.monotonic() < end:
                self._gather(BUSY)
                self._record()
        except DatabaseError:
            LOG.exception("how the last messages ended could not be put on record; they come back by themselves")
