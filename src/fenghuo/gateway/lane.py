"""The fast lane for reports: bodies are read on the loop of the web process and handed to the writer of reports.

The writer is a process of its own (decision 1). When it dies, what it has not answered is asked once more as soon as it
is there again: the Idempotency-Key makes that harmless.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.web.machine.problems import problem, to_json

from .intake import MOST_BYTES, Request, Response
from .wire import ANSWERED, pack_request, read_response

LOG = logging.getLogger(__name__)
MOST_WAITING = 2048
PATIENCE = 30.0  # seconds for an answer, after which the sender is told to come again
AGAIN = 0.1  # seconds between tries to reach the writer

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class _Asked:
    frame: bytes
    answered: "asyncio.Future[Response]"
    since: float
    lost: bool = False


class IntakeLane:
    """ASGI callable for POST /api/v1/reports. `address`: the writer's socket."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._asked: dict[int, _Asked] = {}
        self._last = 0
        self._to_say: list[bytes] = []
        self._line: asyncio.WriteTransport | None = None
        self._joining: asyncio.Task[None] | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._closed = False

    async def close(self, patience: float = 3.0) -> None:
        """What has been accepted is still stored and answered."""
        waiting = [asked.answered for asked in self._asked.values()]
        if waiting:
            await asyncio.wait(waiting, timeout=patience)
        self._closed = True
        if self._joining is not None:
            self._joining.cancel()
        if self._looking is not None:
            self._looking.cancel()
        if self._line is not None:
            self._line.close()

    def waited(self) -> timedelta | None:
        """How long the oldest has been waiting; asked by other threads."""
        oldest = next(iter(self._asked.copy().values()), None)
        return None if oldest is None else timedelta(seconds=time.monotonic() - oldest.since)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        read = await _read(scope, receive)
        if read is None:
            return  # the client left before it had said everything
        if len(self._asked) >= MOST_WAITING:
            response = Response(503, to_json(problem(503)), {"Retry-After": "2"})
        else:
            response = await self._ask(read)
        await _send(response, send)

    def _ask(self, request: Request) -> "asyncio.Future[Response]":
        loop = asyncio.get_running_loop()
        self._last = (self._last + 1) & 0xFFFFFFFF
        asked = _Asked(pack_request(self._last, request), loop.create_future(), time.monotonic())
        self._asked[self._last] = asked
        if not self._to_say:
            loop.call_soon(self._say)  # what is read in this turn of the loop goes together
        self._to_say.append(asked.frame)
        if self._looking is None:
            self._looking = loop.call_later(PATIENCE, self._give_up)
        return asked.answered

    def _say(self) -> None:
        if self._line is not None:
            self._line.write(b"".join(self._to_say))
            self._to_say.clear()
        elif self._joining is None:
            self._joining = asyncio.ensure_future(self._join())

    async def _join(self) -> None:
        loop, told = asyncio.get_running_loop(), False
        try:
            while self._line is None:
                try:
                    self._line, _protocol = await loop.create_unix_connection(lambda: _Line(self), self._address)
                except OSError:
                    if not told:
                        LOG.exception("the writer of reports cannot be reached; trying again")
                        told = True
                    await asyncio.sleep(AGAIN)
        finally:
            self._joining = None
        self._to_say = [asked.frame for asked in self._asked.values()]
        self._say()

    def lost(self) -> None:
        """The writer has gone: what it has not answered is asked again, but once only, as it may be the cause."""
        self._line = None
        for number, asked in list(self._asked.items()):
            if asked.lost:
                self.settle(number, _later())
            asked.lost = True
        if self._asked and not self._closed:
            self._say()

    def settle(self, number: int, response: Response) -> None:
        asked = self._asked.pop(number, None)
        if asked is not None and not asked.answered.done():  # done: the client left; its report is on record
            asked.answered.set_result(response)

    def _give_up(self) -> None:
        for number, asked in list(self._asked.items()):
            if asked.since + PATIENCE <= time.monotonic():
                self.settle(number, _later())
        self._looking = asyncio.get_running_loop().call_later(PATIENCE / 6, self._give_up) if self._asked else None


class _Line(asyncio.Protocol):
    """The line to the writer."""

    def __init__(self, lane: IntakeLane) -> None:
        self._lane, self._come = lane, bytearray()

    def data_received(self, data: bytes) -> None:
        self._come += data
        for number, parts in ANSWERED.unpack(self._come):
            self._lane.settle(number, read_response(parts))

    def connection_lost(self, error: Exception | None) -> None:
        self._lane.lost()


def _later() -> Response:
    detail = _("Whether it was stored is not known. Send it again with the same Idempotency-Key.")
    return Response(503, to_json(problem(503, detail)), {"Retry-After": "5"})


async def _read(scope: Message, receive: Receive) -> Request | None:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        size += len(message.get("body", b""))
        if size <= MOST_BYTES:
            parts.append(message.get("body", b""))
        if not message.get("more_body", False) or size > MOST_BYTES:
            break
    client = scope.get("client")
    return Request(
        authorization=headers.get(b"authorization", ""),
        content_type=headers.get(b"content-type", ""),
        key=headers.get(b"idempotency-key"),
        body=b"".join(parts),
        address=client[0] if client else "",
        oversized=size > MOST_BYTES,
    )


async def _send(response: Response, send: Send) -> None:
    body = response.body.encode()
    headers = {"content-type": response.content_type, "content-length": str(len(body)), **response.headers}
    await send(
        {
            "type": "http.response.start",
            "status": response.status,
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
