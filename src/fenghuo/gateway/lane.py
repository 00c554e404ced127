"""The fast lane for reports: bodies are read on the loop, one writer thread takes all that waits.

One writer with one commit for many reports is several times faster than a commit each (decision 1), and it does not
wait in the queue of pages, though for the interpreter it does. Nobody is answered before the commit of their report.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import translation

from fenghuo.kernel.web.machine.problems import problem, to_json

from .intake import MOST_BYTES, Request, Response, answer

LOG = logging.getLogger(__name__)
MOST_IN_BATCH = 64
MOST_WAITING = 2048
GATHER = 0.003  # seconds
CHECK_AFTER = 1.0  # seconds without a batch, after which the connection may have died unnoticed

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]
type Waiting = tuple[Request, asyncio.Future[Response]]


class IntakeLane:
    """ASGI callable for POST /api/v1/reports. `start` once per process, `stop` before the loop ends."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer: threading.Thread | None = None
        self._answered = 0.0
        self._planned: Any = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._writer = threading.Thread(target=self._write, name="intake-writer", daemon=True)
        self._writer.start()

    def stop(self, timeout: float = 5.0) -> None:
        """What has been accepted into the queue is still stored and answered."""
        self._waiting.put(None)
        if self._writer is not None:
            self._writer.join(timeout)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        read = await _read(scope, receive)
        if read is None:
            return  # the client left before it had said everything
        if self._waiting.qsize() >= MOST_WAITING:
            response = Response(503, to_json(problem(503)), {"Retry-After": "2"})
        else:
            assert self._loop is not None
            answered: asyncio.Future[Response] = self._loop.create_future()
            self._waiting.put((read, answered))
            response = await answered
        await _send(response, send)

    def _write(self) -> None:
        translation.activate(settings.LANGUAGE_CODE)  # what could not be read is shown to the desk in these words
        usual = 1
        while True:
            first = self._waiting.get()
            if first is None:
                break
            self._gather(usual)
            batch = [first]
            last = False
            while len(batch) < MOST_IN_BATCH and not last:
                try:
                    item = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if item is None:
                    last = True
                else:
                    batch.append(item)
            usual = len(batch)
            self._answer(batch)
            if last:
                break
        connection.close()

    def _gather(self, usual: int) -> None:
        """Those just answered are about to ask again: a moment's wait lets them go together, not the first alone."""
        end = time.monotonic() + GATHER
        while self._waiting.qsize() + 1 < usual and time.monotonic() < end:
            time.sleep(0.0002)

    def _answer(self, batch: list[Waiting]) -> None:
        if connection.errors_occurred or time.monotonic() - self._answered > CHECK_AFTER:
            close_old_connections()  # which asks the server whether it is still there
        self._answered = time.monotonic()
        self._plan_once()
        try:
            responses = answer([request for request, _future in batch])
        except Exception:
            if len(batch) > 1:  # one of them is the cause: the others must not suffer for it
                for one in batch:
                    self._answer([one])
                return
            LOG.exception("a report could not be answered")
            responses = [Response(500, to_json(problem(500)))]
        assert self._loop is not None
        self._loop.call_soon_threadsafe(_settle, batch, responses)

    def _plan_once(self) -> None:
        """PostgreSQL: this connection's few statements are planned once, not with each batch (decision 1).

        Here only: other statements would keep a plan that was made when a table was nearly empty.
        """
        if connection.vendor != "postgresql" or (self._planned is not None and connection.connection is self._planned):
            return
        with suppress(DatabaseError), connection.cursor() as cursor:  # without a database `answer` says so
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            self._planned = connection.connection


def _settle(batch: list[Waiting], responses: list[Response]) -> None:
    for (_request, answered), response in zip(batch, responses, strict=True):
        if not answered.done():  # done: the client left; its report is on record all the same
            answered.set_result(response)


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
