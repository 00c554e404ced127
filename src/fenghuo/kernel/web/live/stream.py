"""/live/ and /live/poll/ (interfaces.md, Live). Each event names what to fetch anew, for those who may see it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault
from fenghuo.kernel.journal.follow import events_after, head

from ..machine.problems import CONTENT_TYPE, problem, to_json
from .hub import Hub
from .listeners import Listener
from .standing import Standing, look_again, session_key, standing_of
from .telling import Line, beat_text, stream_text

LOG = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds
LOOK_AGAIN = 3.0  # seconds between looks at a session
AT_ONCE = 50  # sessions looked at together
PATIENCE = 60.0  # seconds that a client may take to read what was sent
MOST = 1500  # streams; further clients are told to come again, and ask now and then instead
MOST_BEHIND = 20_000  # events read anew for one listener; who is further behind fetches everything anew
SETTLE = 5.0  # seconds in which the reader comes up to a position that is already in the database

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class Unusable(Exception):
    """A position that is none."""


class LiveStream:
    """ASGI callable. `close` ends every stream, so that the server can stop."""

    def __init__(self) -> None:
        self.hub = Hub(self._look_soon)
        self.open = 0
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._stale: dict[Listener, None] = {}  # to be looked at, oldest first
        self._working: set[asyncio.Task[None]] = set()
        self._looking = False

    async def close(self) -> None:
        self.hub.stop()
        for task in self._working:
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        standing = await self._in_thread(standing_of, session_key(headers.get(b"cookie", "")))
        if standing is None:
            await _refuse(send, 401)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            wanted = _wanted(headers, query)
        except Unusable as given:
            await _refuse(send, 422, faults=[Fault("after", _not_a_position(), str(given))])
            return
        asks = scope["path"].endswith("/poll/")
        start, reload = await self._start(wanted, exact=asks)
        if asks:
            await self._poll(send, standing, start, reload, fresh=wanted is None)
        elif self.open >= MOST:
            await _refuse(send, 503, [(b"retry-after", b"60")])
        else:
            await self._serve(receive, send, Listener(standing, start, reload), sign="sign" in query)

    async def _start(self, wanted: int | None, *, exact: bool) -> tuple[int, str]:
        """Where to begin, and why everything is to be fetched anew if so ("" if not).

        `exact`: with what is committed by now, for whoever asks only now and then; a stream is told it in a moment.
        """
        if not self.hub.started:
            now = await self._in_thread(head)
            if not self.hub.started:  # nobody else was quicker
                self.hub.start(asyncio.get_running_loop(), now)
                self._begin(self._tick())
        else:
            now = self.hub.head
            if exact or wanted is None or wanted > now:
                now = await self._in_thread(head)
        end = asyncio.get_running_loop().time() + SETTLE
        while self.hub.head < now and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.002)
        now = self.hub.head
        if wanted is None:
            return now, ""
        if wanted > now:  # of another installation, or of this one before it was restored
            return now, "position"
        return (now, "behind") if now - wanted > MOST_BEHIND else (wanted, "")

    # --- streams
    async def _serve(self, receive: Receive, send: Send, listener: Listener, *, sign: bool) -> None:
        """`sign`: a beat at once, so that a proxy that keeps back what comes is noticed by its absence."""
        listener.task = asyncio.current_task()
        listener.due = asyncio.get_running_loop().time() + HEARTBEAT
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _done: self._leave(listener))
        self.open += 1
        self.hub.enter(listener)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await self._write(listener, send, b"retry: 2000\n\n" + (beat_text(listener.position) if sign else b""))
            await self._feed(listener, send)
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        except asyncio.CancelledError:
            if not listener.left:
                raise
        finally:
            self.open -= 1
            self.hub.leave(listener)
            self._stale.pop(listener, None)
            gone.cancel()

    async def _feed(self, listener: Listener, send: Send) -> None:
        while not (listener.left or self.hub.stopped):
            text = self.hub.take(listener)
            if text is None:
                text = await self._from_database(listener)
            if text:
                await self._write(listener, send, text)
            elif not listener.group or listener.held or listener in listener.group.idle:
                await listener.sleep()

    async def _from_database(self, listener: Listener) -> bytes:
        found = await self._in_thread(events_after, listener.position)
        # No further than the reader is: what it tells next follows upon the head.
        lines = [Line(event) for event in found if event.position <= self.hub.head]
        listener.position = lines[-1].event.position if lines else self.hub.head
        return stream_text(lines, listener.standing.actor)

    async def _write(self, listener: Listener, send: Send, text: bytes) -> None:
        listener.sending_since = asyncio.get_running_loop().time()
        await send({"type": "http.response.body", "body": text, "more_body": True})
        listener.sending_since = 0.0

    def _leave(self, listener: Listener) -> None:
        listener.left = True
        self.hub.rouse(listener)

    # --- what happens by time alone
    async def _tick(self) -> None:
        """Beats, clients that do not read, and sessions: all of them within LOOK_AGAIN, a part at each turn."""
        loop = asyncio.get_running_loop()
        turn = 0
        while not self.hub.stopped:
            await asyncio.sleep(LOOK_AGAIN / 6)
            now, turn = loop.time(), (turn + 1) % 6
            for listener in self.hub.listeners():
                if listener.sending_since and now - listener.sending_since > PATIENCE and listener.task:
                    listener.left = True
                    listener.task.cancel()
                elif now >= listener.due:
                    listener.due, listener.beat = now + HEARTBEAT, True
                    self.hub.rouse(listener)
                if id(listener) // 64 % 6 == turn:
                    self._stale.setdefault(listener)
            if self._stale:
                self._look_soon(())

    def _look_soon(self, listeners: Iterable[Listener]) -> None:
        """Look at these first, then at whatever else is due."""
        self._stale = dict.fromkeys(listeners) | self._stale
        if not self._looking and not self.hub.stopped:
            self._looking = True
            self._begin(self._look())

    async def _look(self) -> None:
        try:
            while self._stale:
                batch = list(self._stale)[:AT_ONCE]
                for listener in batch:
                    del self._stale[listener]
                try:
                    found = await self._in_thread(look_again, [listener.standing for listener in batch])
                except DatabaseError:
                    LOG.exception("the sessions of listeners cannot be looked at; trying again")
                    self._stale = dict.fromkeys(batch) | self._stale
                    await asyncio.sleep(1.0)
                    continue
                for listener in batch:
                    # One that is to be looked at again stays held: its sight changed once more meanwhile.
                    if listener.group is not None and listener not in self._stale:
                        self._settle(listener, found[listener.standing.key])
        finally:
            self._looking = False

    def _settle(self, listener: Listener, now: Standing | None) -> None:
        if now is None:  # signed out, blocked, without a post, or the session ran out
            self._leave(listener)
            return
        if now is not listener.standing:
            self._change(listener, now)
        if listener.held:
            listener.held = False
            self.hub.rouse(listener)

    def _change(self, listener: Listener, now: Standing) -> None:
        before = listener.group.sight if listener.group else None
        self.hub.leave(listener)
        listener.standing = now
        self.hub.enter(listener)
        if listener.group and listener.group.sight != before:
            listener.reload = "sight"
        listener.wake()  # it is idle no more, and looks at what is new

    # --- asking now and then
    async def _poll(self, send: Send, standing: Standing, after: int, reload: str, *, fresh: bool) -> None:
        if self.hub.reaches(after):
            lines = self.hub.after(after)
        else:
            lines = [Line(event) for event in await self._in_thread(events_after, after)]
        position = lines[-1].event.position if lines else after
        told = [text for line in lines if (text := line.text_for(standing.actor))]
        kept = [(b"cache-control", b"no-store"), (b"last-event-id", str(position).encode())]
        if not (told or reload or fresh):
            await send({"type": "http.response.start", "status": 204, "headers": kept})
            await send({"type": "http.response.body", "body": b""})
            return
        parts = f'"position": {position}, "reload": {str(bool(reload)).lower()}, "entries": [{", ".join(told)}]'
        body = f"{{{parts}}}".encode()
        kept += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": kept})
        await send({"type": "http.response.body", "body": body})

    # --- threads and tasks
    def _begin(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _in_thread[**P, R](self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        def work() -> R:
            close_old_connections()  # one that broke since it was last used is made anew
            return call(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def _wanted(headers: Mapping[bytes, str], query: Mapping[str, list[str]]) -> int | None:
    """The position after which to tell; what the browser heard last goes before what the page said.

    Raises: Unusable.
    """
    given = headers.get(b"last-event-id") or query.get("after", [""])[-1]
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Unusable(given[:100])
    return int(given)


def _not_a_position() -> str:
    return _("A position is a whole number from 0 on, as the stream and the pages give it. Leave it out to begin now.")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(
    send: Send, status: int, kept: Iterable[tuple[bytes, bytes]] = (), faults: Iterable[Fault] = ()
) -> None:
    body = to_json(problem(status, faults=faults)).encode()
    headers = [(b"content-type", CONTENT_TYPE.encode()), (b"content-length", str(len(body)).encode()), *kept]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
