"""A bare ASGI fan-out under the same granian: what is told is put into the queues of the listeners named, nothing else.

`python -m bench.peer.fanout PORT`. GET /listen/N listens as number N; POST /tell {"text", "to": [N, …]} tells those.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

type Send = Callable[[Mapping[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]

STREAM = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
queues: dict[int, "asyncio.Queue[bytes]"] = {}


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    if scope["path"] == "/tell":
        await _tell(receive, send)
    else:
        await _listen(int(scope["path"].rpartition("/")[2]), send)


async def _listen(number: int, send: Send) -> None:
    queue = queues[number] = asyncio.Queue()
    await send({"type": "http.response.start", "status": 200, "headers": STREAM})
    await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})


async def _tell(receive: Receive, send: Send) -> None:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    said = json.loads(body)
    text = said["text"].encode()
    for number in said["to"]:
        queues[number].put_nowait(text)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def main() -> None:
    server = Server(
        application,
        port=int(sys.argv[1]),
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
        backlog=1024,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(server.serve())


if __name__ == "__main__":
    main()
