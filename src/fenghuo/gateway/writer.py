"""The one writer of reports: it takes all that waits, from all web processes, and stores it in one transaction.

One writer with one commit for many reports is several times faster than a commit each, and in a process of its own it
waits for no page (decision 1). Nobody is answered before the commit of their report.
"""

import logging
import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import translation

from fenghuo.kernel.web.machine.problems import problem, to_json

from .intake import Request, Response, answer
from .wire import ASKED, pack_response, read_request

LOG = logging.getLogger(__name__)
MOST_IN_BATCH = 64
GATHER = 0.003  # seconds
CHECK_AFTER = 1.0  # seconds without a batch, after which the connection may have died unnoticed
DEAF = 5.0  # seconds in which a web process takes no answers, after which its line is given up
LAST_WORDS = 3.0  # seconds at the end for web processes to bring what they have accepted
AT_ONCE = 1 << 18  # bytes read at once
SETTING = {
    "postgresql": "SET plan_cache_mode = force_generic_plan",
    "sqlite": "PRAGMA wal_autocheckpoint = 16000",  # pages, 64 MB; it is 1,000 for all others
}


class _Line:
    """One web process, as the writer sees it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.come = sock, bytearray()
        sock.settimeout(DEAF)


class _Waiting(NamedTuple):
    line: _Line
    number: int
    request: Request


class Writer:
    """`run` in the process of its own; `stop` from any thread. `door`: listens, and outlives this writer."""

    def __init__(self, door: socket.socket) -> None:
        self._door, self._lines = door, set[_Line]()
        self._told, self._tell = socket.socketpair()
        self._ending: float | None = None
        self._waiting: deque[_Waiting] = deque()
        self._answered = 0.0
        self._settled: Any = None
        self._selector = selectors.DefaultSelector()
        for there in (door, self._told):
            self._selector.register(there, selectors.EVENT_READ)

    def stop(self) -> None:
        """What web processes have accepted is still stored and answered: it goes on until they hang up."""
        with suppress(OSError):  # it has ended already
            self._tell.send(b"x")

    def run(self) -> None:
        translation.activate(settings.LANGUAGE_CODE)  # what could not be read is shown to the desk in these words
        usual = 1
        while self._waiting or not self._ended():
            if batch := self._next(usual):
                usual = len(batch)
                self._answer(batch)
        for line in list(self._lines):
            self._drop(line)
        connection.close()
        for there in (self._selector, self._told, self._tell):
            there.close()

    def _ended(self) -> bool:
        return self._ending is not None and (not self._lines or time.monotonic() > self._ending)

    def _next(self, usual: int) -> list[_Waiting]:
        """Those just answered are about to ask again: a moment's wait lets them go together, not the first alone."""
        self._look(0 if self._waiting else 0.1 if self._ending else None)
        end = time.monotonic() + GATHER
        while 0 < len(self._waiting) < usual and (left := end - time.monotonic()) > 0:
            self._look(left)
        return [self._waiting.popleft() for _ in range(min(MOST_IN_BATCH, len(self._waiting)))]

    def _look(self, at_most: float | None) -> None:
        """Take what has come by now; wait for something at most so many seconds."""
        for key, _events in self._selector.select(at_most):
            if key.fileobj is self._door:
                self._let_in()
            elif key.fileobj is self._told:
                self._told.recv(16)
                self._ending = self._ending or time.monotonic() + LAST_WORDS
            else:
                self._hear(key.data)

    def _let_in(self) -> None:
        with suppress(OSError):  # it has gone again
            line = _Line(self._door.accept()[0])
            self._lines.add(line)
            self._selector.register(line.sock, selectors.EVENT_READ, line)

    def _hear(self, line: _Line) -> None:
        try:
            part = line.sock.recv(AT_ONCE)
        except OSError:
            part = b""
        if not part:
            self._drop(line)
            return
        line.come += part
        for number, parts in ASKED.unpack(line.come):
            self._waiting.append(_Waiting(line, number, read_request(parts)))

    def _drop(self, line: _Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
            self._selector.unregister(line.sock)
            line.sock.close()

    def _answer(self, batch: Sequence[_Waiting]) -> None:
        if connection.errors_occurred or time.monotonic() - self._answered > CHECK_AFTER:
            close_old_connections()  # which asks the server whether it is still there
        self._answered = time.monotonic()
        self._settle_in()
        try:
            responses = answer([waiting.request for waiting in batch])
        except Exception:
            if len(batch) > 1:  # one of them is the cause: the others must not suffer for it
                for one in batch:
                    self._answer([one])
                return
            LOG.exception("a report could not be answered")
            responses = [Response(500, to_json(problem(500)))]
        self._say(batch, responses)

    def _say(self, batch: Sequence[_Waiting], responses: Sequence[Response]) -> None:
        said: dict[_Line, list[bytes]] = {}
        for waiting, response in zip(batch, responses, strict=True):
            said.setdefault(waiting.line, []).append(pack_response(waiting.number, response))
        for line, frames in said.items():
            if line in self._lines:  # else the web process has gone; the reports are on record all the same
                try:
                    line.sock.sendall(b"".join(frames))
                except OSError:
                    self._drop(line)

    def _settle_in(self) -> None:
        """What holds for this connection only (decision 1).

        PostgreSQL: its few statements are planned once, not with each batch; others would keep a plan that was made
        when a table was nearly empty. SQLite: the log is mostly carried over by those who write beside it.
        """
        if self._settled is not None and connection.connection is self._settled:
            return
        with suppress(DatabaseError), connection.cursor() as cursor:  # without a database `answer` says so
            cursor.execute(SETTING[connection.vendor])
            self._settled = connection.connection
