"""One reader of the journal per process feeds all listeners from memory; many listeners cost no queries."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Iterator

from django.db import DatabaseError, close_old_connections, connection

from fenghuo.kernel.journal.follow import Event, events_after, head
from fenghuo.kernel.journal.sequencer import POSITIONS
from fenghuo.kernel.journal.waking import Waking

LOG = logging.getLogger(__name__)
KEPT = 5000  # events in memory; who is further behind reads the database


class Hub:
    """`start` in the loop that serves the listeners; `changed` is set whenever there is something new."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Event] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.head = 0

    def start(self, loop: asyncio.AbstractEventLoop, position: int) -> None:
        """Follow from `position` (the head as it was just read) on."""
        if self._thread is None:
            self.head = position
            self._thread = threading.Thread(target=self._read, args=(loop,), name="live-reader", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._tell()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def listen(self) -> asyncio.Event:
        changed = asyncio.Event()
        self._waiting.add(changed)
        return changed

    def leave(self, changed: asyncio.Event) -> None:
        self._waiting.discard(changed)

    def after(self, position: int) -> Iterator[Event] | None:
        """The events after `position`, oldest first; None when memory does not reach back that far."""
        if position >= self.head:
            return iter(())
        if not self._events or self._events[0].position > position + 1:
            return None
        return iter([event for event in self._events if event.position > position])

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        waking = Waking(POSITIONS, at_most=0.5)
        position = self.head
        while not self._stop.is_set():
            try:
                while found := events_after(position):
                    position = found[-1].position
                    loop.call_soon_threadsafe(self._publish, found)
                if position > head():  # a demonstration was thrown away: the journal began anew
                    position = head()
                    loop.call_soon_threadsafe(self._forget, position)
                waking.wait()
            except DatabaseError:
                LOG.exception("the journal cannot be followed; trying again")
                waking.close()
                close_old_connections()
                self._stop.wait(1.0)
            except RuntimeError:  # the loop has ended
                break
        waking.close()
        connection.close()

    def _publish(self, found: list[Event]) -> None:
        self._events.extend(found)
        self.head = found[-1].position
        self._tell()

    def _forget(self, position: int) -> None:
        self._events.clear()
        self.head = position

    def _tell(self) -> None:
        for changed in self._waiting:
            changed.set()
