"""One reader of the journal per process feeds all listeners from memory; many listeners cost no queries."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable

from django.db import DatabaseError, close_old_connections, connection

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.journal.follow import Event, events_after, head
from fenghuo.kernel.journal.order import ENTRIES
from fenghuo.kernel.journal.sequencer import GATHER, MOST_AT_ONCE, POSITIONS, number_at_once
from fenghuo.kernel.journal.waking import Waking

from .listeners import Groups, Listener
from .telling import Line, beat_text, reload_text, stream_text

LOG = logging.getLogger(__name__)
KEPT = 5000  # events in memory; who is further behind reads the database
READ_BACK = 1000  # events read at the start: after a restart all come back at once, a little behind
POLL = 0.001  # seconds between looks for commits, while there are any
FEW = 4  # with more entries at once, neighbours are waited for: a storm is on
SIGHT_CHANGES = ("post.", "person.", "account.", "unit.", "region.")


class Hub:
    """`start` in the loop that serves the listeners. `changed` is called with those whose sight may have changed."""

    def __init__(self, changed: Callable[[Iterable[Listener]], None] = lambda _listeners: None) -> None:
        self.head = 0
        self._changed = changed
        self._lines: deque[Line] = deque(maxlen=KEPT)
        self._groups = Groups()
        self._people: dict[int, set[Listener]] = {}
        self._shared_at: dict[int, int] = {}  # person → the last position that was shared with them alone
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    # --- following the journal
    def start(self, loop: asyncio.AbstractEventLoop, position: int) -> None:
        """Follow from a little before `position` (the head as it was just read) on."""
        if self._thread is None:
            self.head = max(0, position - READ_BACK)
            self._thread = threading.Thread(target=self._read, args=(loop,), name="live-reader", daemon=True)
            self._thread.start()

    @property
    def started(self) -> bool:
        return self._thread is not None

    def stop(self) -> None:
        self._stop.set()
        for listener in self.listeners():
            self.rouse(listener)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        waking = Waking(ENTRIES, POSITIONS, at_most=0.5, poll=POLL)
        position, waiting = self.head, False
        # On SQLite, with several at once there are probably more by now; PostgreSQL says so.
        enough = 2 if connection.vendor == "sqlite" else MOST_AT_ONCE
        while not self._stop.is_set():
            try:
                if waiting:
                    numbered = number_at_once()
                    waiting, waking.gather = numbered == MOST_AT_ONCE, GATHER if numbered > FEW else 0.0
                found = events_after(position)
                if found:
                    position = found[-1].position
                    loop.call_soon_threadsafe(self._publish, found)
                elif position > (now := head()):  # a demonstration was thrown away: the journal began anew
                    position = now
                    loop.call_soon_threadsafe(self._forget, position)
                if len(found) < enough and not waiting:
                    waiting = self._wait(waking, position)
            except DatabaseError:
                LOG.exception("the journal cannot be followed; trying again")
                waking.close()
                close_old_connections()
                self._stop.wait(1.0)
            except RuntimeError:  # the loop has ended
                break
        waking.close()
        connection.close()

    def _wait(self, waking: Waking, position: int) -> bool:
        """Until there may be something after `position`; true when entries wait for theirs (PostgreSQL)."""
        while notices := waking.wait():
            if any(notice.channel == ENTRIES for notice in notices):
                return True
            if any(notice.payload != str(position) for notice in notices):
                return False  # else it is what was numbered here
        return False

    def _publish(self, found: list[Event]) -> None:
        """Told in parts that end where somebody's sight may change, so that what follows is judged by the new one."""
        part: list[Event] = []
        for event in found:
            part.append(event)
            if event.verb.startswith(SIGHT_CHANGES):
                self._tell(part)
                part = []
                self._hold(event)
        if part:
            self._tell(part)

    def _tell(self, found: list[Event]) -> None:
        before, self.head = self.head, found[-1].position
        self._lines.extend(map(Line, found))
        for group in self._groups.near(scope for event in found for scope in event.scopes):
            if group.idle and group.text(before, self.head, self._write):
                for listener in list(group.idle):
                    self.rouse(listener, before)
        for person in {person for event in found for scope in event.scopes for person in scope.shared_people}:
            for listener in self._people.get(person, ()):
                self._shared_at[person] = self.head
                self.rouse(listener, before)

    def _hold(self, event: Event) -> None:
        """Whose session, post, unit or region it may be; all of them when a region was moved."""
        records = {scope.record_id for scope in event.scopes}
        meant = [
            listener
            for listener in self.listeners()
            if event.verb.startswith("region.")
            or listener.standing.person in records
            or listener.standing.actor.unit_id in records
        ]
        for listener in meant:
            self._busy(listener, self.head)
            listener.held = True
        if meant:
            self._changed(meant)

    def _forget(self, position: int) -> None:
        self._lines.clear()
        self.head = position
        for listener in self.listeners():
            listener.reload = "position"
            listener.position = position
            self.rouse(listener)

    # --- listeners
    def listeners(self) -> list[Listener]:
        return self._groups.listeners()

    def enter(self, listener: Listener) -> None:
        self._groups.enter(listener)
        self._people.setdefault(listener.standing.person, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        if listener.group is None:
            return
        self._busy(listener, self.head)
        self._groups.leave(listener)
        person = listener.standing.person
        mine = self._people.get(person, set())
        mine.discard(listener)
        if not mine:
            self._people.pop(person, None)
            self._shared_at.pop(person, None)

    def rouse(self, listener: Listener, after: int | None = None) -> None:
        """Let it look at what is new since `after` (for those who had been told everything up to there)."""
        self._busy(listener, self.head if after is None else after)
        listener.wake()

    def _busy(self, listener: Listener, position: int) -> None:
        if listener.group is not None and listener in listener.group.idle:
            listener.group.idle.discard(listener)
            listener.position = position

    def take(self, listener: Listener) -> bytes | None:
        """What it is to be told now, and it stands at the head. Empty: it is idle until roused, or held.

        None: memory does not reach back to where it stands.
        """
        if listener.held or listener.group is None:
            return b""
        if listener.reload:
            why, listener.reload, listener.position = listener.reload, "", self.head
            return reload_text(self.head, why)
        after, text = listener.position, b""
        if after < self.head:
            if not self.reaches(after):
                return None
            if self._shared_at.get(listener.standing.person, 0) > after:
                text = self._write(listener.standing.actor, after)
            else:
                text = listener.group.text(after, self.head, self._write)
            listener.position = self.head
        if listener.beat and not text:
            text = beat_text(self.head)
        listener.beat = False
        if not text:
            listener.group.idle.add(listener)
        return text

    def reaches(self, position: int) -> bool:
        """Whether memory holds everything after `position`."""
        return position >= self.head or (bool(self._lines) and self._lines[0].event.position <= position + 1)

    def after(self, position: int) -> list[Line]:
        """The events in memory after `position`, oldest first."""
        found: list[Line] = []
        for line in reversed(self._lines):
            if line.event.position <= position:
                break
            found.append(line)
        found.reverse()
        return found

    def _write(self, actor: Actor, after: int) -> bytes:
        return stream_text(self.after(after), actor)
