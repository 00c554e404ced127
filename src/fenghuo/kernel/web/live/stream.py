"""/live/: server-sent events (interfaces.md, Live). Each names what to fetch anew, for those who may see it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

from django.db import close_old_connections

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.journal.follow import Event, events_after, head

from ..machine.problems import CONTENT_TYPE, problem, to_json
from .hub import Hub
from .listener import actor_of_cookies

HEARTBEAT = 15.0  # seconds
RECHECK = 4  # heartbeats between looks at the session

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class LiveStream:
    """ASGI callable. `close` ends every stream, so that the server can stop."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.open = 0
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="live")

    async def close(self) -> None:
        self.hub.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        cookies = headers.get(b"cookie", "")
        actor = await self._in_thread(actor_of_cookies, cookies)
        if actor is None:
            await _refuse(send, 401)
            return
        now = await self._in_thread(head)
        wanted = (
            headers.get(b"last-event-id") or parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
        )
        if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            await _refuse(send, 422)
            return
        self.hub.start(asyncio.get_running_loop(), now)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        self.open += 1
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await self._feed(send, gone, actor, cookies, min(int(wanted), now) if wanted else now)
        finally:
            self.open -= 1
            gone.cancel()

    async def _feed(self, send: Send, gone: "asyncio.Future[None]", actor: Actor, cookies: str, position: int) -> None:
        changed = self.hub.listen()
        clock = asyncio.get_running_loop().time
        beats, due = 0, clock() + HEARTBEAT
        try:
            await _write(send, "retry: 2000\n\n")
            while not (gone.done() or self.hub.stopped):
                changed.clear()
                position = await self._catch_up(send, actor, position)
                if await _wait(changed, gone, max(0.0, due - clock())) and clock() < due:
                    continue
                beats, due = beats + 1, clock() + HEARTBEAT
                if beats % RECHECK == 0:
                    found = await self._in_thread(actor_of_cookies, cookies)
                    if found is None:
                        break
                    actor = found
                # A page that hears no beat knows that it is cut off, and one that comes back asks from here on.
                await _write(send, f"id: {position}\nevent: beat\ndata: {beats}\n\n")
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            self.hub.leave(changed)

    async def _catch_up(self, send: Send, actor: Actor, position: int) -> int:
        while position < self.hub.head:
            found: Iterable[Event] | None = self.hub.after(position)
            if found is None:
                found = await self._in_thread(events_after, position)
            text, last = _told(found, actor)
            if last is None:
                return self.hub.head
            position = last
            if text:
                await _write(send, text)
        return min(position, self.hub.head)

    async def _in_thread[**P, R](self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        def work() -> R:
            close_old_connections()  # one that broke since it was last used is made anew
            return call(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def _told(found: Iterable[Event], actor: Actor) -> tuple[str, int | None]:
    """The text of the events that concern this actor, and the last position seen."""
    parts: list[str] = []
    last: int | None = None
    for event in found:
        last = event.position
        seen = [scope for scope in event.scopes if actor.sees(scope)]
        if seen:
            data = {
                "verb": event.verb,
                "at": event.recorded_at.isoformat(),
                "kinds": sorted({scope.kind for scope in seen}),
                "records": [scope.record_id for scope in seen],
            }
            parts.append(f"id: {event.position}\nevent: entry\ndata: {json.dumps(data)}\n\n")
    return "".join(parts), last


async def _wait(changed: asyncio.Event, gone: "asyncio.Future[None]", seconds: float) -> bool:
    """True when something changed or the listener left, False when the time ran out."""
    waiting: asyncio.Future[Any] = asyncio.ensure_future(changed.wait())
    left: asyncio.Future[Any] = gone
    done, _pending = await asyncio.wait({waiting, left}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return bool(done)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    body = to_json(problem(status)).encode()
    headers = [(b"content-type", CONTENT_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
