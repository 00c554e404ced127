"""A load of POSTs over kept connections: each client sends the next request when it has its answer.

Requests are made before the clock starts and answers are only glanced at: the load shares two cores with the server.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MOST_A_SECOND = 8000  # requests made ready for each second


@dataclass(frozen=True)
class Load:
    """`rate`: answers a second; `p50`, `p99`: milliseconds; `wrong`: answers other than 200 and 201."""

    rate: float
    p50: float
    p99: float
    wrong: int


@dataclass
class _Run:
    requests: Iterator[bytes]
    end: float
    spans: list[float] = field(default_factory=list)
    wrong: int = 0


class _Client(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self.run, self.began, self.got = run, 0.0, b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self.got += data
        if not whole(self.got):
            return
        now = time.perf_counter()
        self.run.spans.append(now - self.began)
        self.run.wrong += self.got[9:12] not in (b"200", b"201")
        self.got = b""
        if now < self.run.end:
            self._send()
        else:
            self.transport.close()
            self.done.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def _send(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(next(self.run.requests))


def whole(got: bytes) -> bool:
    """Whether an answer has come to its end."""
    head, found, body = got.partition(b"\r\n\r\n")
    if not found:
        return False
    if length := head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]:
        return len(body) >= int(length)
    return body.endswith(b"0\r\n\r\n")  # in chunks: Django says no length without its middleware


def drive(port: int, clients: int, seconds: float, request: Callable[[int], bytes]) -> Load:
    """`request(n)` makes the n-th request's bytes."""
    made = [request(number) for number in range(int(seconds * MOST_A_SECOND))]
    return asyncio.run(_drive(port, clients, seconds, iter(made)))


async def _drive(port: int, clients: int, seconds: float, requests: Iterator[bytes]) -> Load:
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    run = _Run(requests, began + seconds)
    made = [await loop.create_connection(lambda: _Client(run), "127.0.0.1", port) for _ in range(clients)]
    await asyncio.gather(*(client.done for _transport, client in made))
    took = time.perf_counter() - began
    spans = sorted(run.spans)
    return Load(
        rate=round(len(spans) / took, 1),
        p50=round(spans[len(spans) // 2] * 1000, 1),
        p99=round(spans[int(len(spans) * 0.99)] * 1000, 1),
        wrong=run.wrong,
    )


def post(path: str, content: dict[str, object], headers: dict[str, str]) -> bytes:
    body = json.dumps(content, ensure_ascii=False).encode()
    said = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body))} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
