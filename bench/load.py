"""A load of POSTs over kept connections: each client sends the next request when it has its answer."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """`rate`: answers a second; `p50`, `p99`: milliseconds; `wrong`: answers other than 200 and 201."""

    rate: float
    p50: float
    p99: float
    wrong: int


def drive(port: int, clients: int, seconds: float, request: Callable[[int], bytes]) -> Load:
    """`request(n)` makes the n-th request's bytes."""
    return asyncio.run(_drive(port, clients, seconds, request))


async def _drive(port: int, clients: int, seconds: float, request: Callable[[int], bytes]) -> Load:
    spans: list[float] = []
    wrong = 0
    number = 0
    end = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal number, wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            number += 1
            began = time.perf_counter()
            writer.write(request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            if length := head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]:
                await reader.readexactly(int(length))
            else:
                await reader.readuntil(b"0\r\n\r\n")  # in chunks: Django says no length without its middleware
            spans.append(time.perf_counter() - began)
            wrong += head[9:12] not in (b"200", b"201")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - began
    spans.sort()
    return Load(
        rate=round(len(spans) / took, 1),
        p50=round(spans[len(spans) // 2] * 1000, 1),
        p99=round(spans[int(len(spans) * 0.99)] * 1000, 1),
        wrong=wrong,
    )


def post(path: str, content: dict[str, object], headers: dict[str, str]) -> bytes:
    body = json.dumps(content, ensure_ascii=False).encode()
    said = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body))} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
