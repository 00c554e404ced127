"""Django, synchronous, on a few fixed threads under ASGI (decision 1): each keeps its own database connection."""

import asyncio
import logging
import re
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from django.core import signals
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from fenghuo.kernel.web.machine.problems import CONTENT_TYPE, problem, to_json

LOG = logging.getLogger(__name__)
MOST_BYTES = 256 * 1024
UPLOADS = re.compile(
    r"/api/v1/(?:reports|incidents)/[^/]+/files/?|/files/of/\d+/"
    r"|/(?:api/v1/registers/[^/]+/import|registers/[^/]+/imports/)"
    r"|/plans/quick/"
)
MOST_UPLOADED = 64 * 1024 * 1024  # a file of 50 MB with its form, or several small ones
PARTS = re.compile(r"/files/uploads/[0-9a-f]{32}/")
MOST_PART = 8 * 1024 * 1024 + 1024  # a part of a file that comes in parts
PARTS_AT_ONCE = 32  # on slow lines, each for a minute or more
AT_ONCE = 6  # uploads on their way; more are told to come again
PATIENCE = 30  # seconds without a byte, after which an upload is given up
STREAMS = 8  # downloads at once, which mostly wait for a slow client
AHEAD = 4  # chunks of a stream that may wait for a slow client

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class Left(Exception):
    """The client has gone."""


class Busy(Exception):
    """As many large bodies as may be are on their way."""


class TooLarge(Exception):
    """The body has more bytes than it may have."""


class Pooled(ASGIHandler):
    """ASGI callable. `threads` requests at once; `waiting` more may queue, then 503 with Retry-After.

    Two, since they compute nearly all the time: more bring no page sooner, but each lets the loop, which hands reports
    to their writer, wait for the interpreter once more (decision 1).
    """

    def __init__(self, threads: int = 2, waiting: int = 256) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._streams = ThreadPoolExecutor(STREAMS, thread_name_prefix="django-stream")
        self._room = threads + waiting
        self._on_their_way = {"files": 0, "parts": 0}

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._streams.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._room <= 0:
            await _say(send, 503, [(b"retry-after", b"2")])
            return
        self._room -= 1
        try:
            body = await self._body(scope, receive)
            loop = asyncio.get_running_loop()
            response = await loop.run_in_executor(self._threads, self._work, scope, body)
            if response.streaming:
                await self._stream(response, send)
            else:
                await self.send_response(response, send)
        except TooLarge:
            await _say(send, 413, [])
        except Busy:
            await _say(send, 503, [(b"retry-after", b"5")])
        except Left:
            pass
        finally:
            self._room += 1

    async def _body(self, scope: Scope, receive: Receive) -> IO[bytes]:
        """Raises: TooLarge, Busy, Left."""
        lane = _lane(scope)
        if lane is None:
            return await _read(receive, MOST_BYTES)
        name, most, at_once = lane
        if self._on_their_way[name] >= at_once:
            raise Busy
        self._on_their_way[name] += 1
        try:
            return await _read(receive, most)
        finally:
            self._on_their_way[name] -= 1

    def _work(self, scope: Scope, body: IO[bytes]) -> Any:
        """In the thread that owns the connection: the signals too, since they look after it."""
        set_script_prefix(scope.get("root_path", "") or "/")
        signals.request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else refused
        response._handler_class = type(self)
        if not response.streaming:
            response.close()
        return response

    async def _stream(self, response: HttpResponseBase, send: Send) -> None:
        """Chunks are made in a thread of their own and sent on the loop, at most AHEAD of the client."""
        loop = asyncio.get_running_loop()
        chunks: asyncio.Queue[bytes | None] = asyncio.Queue(AHEAD)
        making = loop.run_in_executor(self._streams, _make, response, chunks, loop)
        try:
            await _begin(response, send)
            while (chunk := await chunks.get()) is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            while not making.done():  # a client that left: the maker is let go, so that it can close what it holds
                while not chunks.empty():
                    chunks.get_nowait()
                await asyncio.wait({making}, timeout=0.05)


def _make(response: HttpResponseBase, chunks: "asyncio.Queue[bytes | None]", loop: asyncio.AbstractEventLoop) -> None:
    def put(chunk: bytes | None) -> None:
        asyncio.run_coroutine_threadsafe(chunks.put(chunk), loop).result(60)

    try:
        made: Iterator[bytes] = iter(response)
        for chunk in made:
            put(chunk)
    except Exception:
        LOG.exception("a stream broke off")
    finally:
        put(None)
        response.close()


async def _begin(response: HttpResponseBase, send: Send) -> None:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})


def _lane(scope: Scope) -> tuple[str, int, int] | None:
    """(name, most bytes, how many at once) where a large body may come: for a file, from somebody who at least claims
    to be signed in."""
    if not any(name in (b"cookie", b"authorization") for name, _value in scope["headers"]):
        return None
    if scope["method"] == "POST" and UPLOADS.fullmatch(scope["path"]):
        return "files", MOST_UPLOADED, AT_ONCE
    if scope["method"] == "PATCH" and PARTS.fullmatch(scope["path"]):
        return "parts", MOST_PART, PARTS_AT_ONCE
    return None


async def _read(receive: Receive, most: int) -> IO[bytes]:
    """The body, in memory while it is small. Raises: TooLarge, Left."""
    body = tempfile.SpooledTemporaryFile(max_size=MOST_BYTES + 1)  # noqa: SIM115 - Django closes it with the request
    size = 0
    while True:
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            raise Left from None
        if message["type"] == "http.disconnect":
            raise Left
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise TooLarge
        body.write(part)
        if not message.get("more_body", False):
            body.seek(0)
            return body


async def _say(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    response = HttpResponse(to_json(problem(status)), status=status, content_type=CONTENT_TYPE)
    kind = response["Content-Type"].encode()
    length = str(len(response.content)).encode()
    said = [(b"content-type", kind), (b"content-length", length), *headers]
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": response.content})
