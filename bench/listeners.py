"""300 live listeners while reports come in: seconds from a report's answer to the event at each listener.

Goal: p99 under one second, nothing lost. Everything runs on this machine, over loopback, for a bounded time.
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.installation import PASSWORD
from tests.messages import message

from .houses import ours

LISTENERS, SECONDS, EVERY = 300, 10.0, 0.05  # a report each 50 ms: 20 a second
PATIENCE = 20.0  # seconds after the last report in which late events are still waited for
GOAL_S = 1.0


@dataclass
class Heard:
    """`at`: record → when each listener heard of it."""

    at: dict[int, list[float]] = field(default_factory=dict)
    listening: int = 0


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    with ours(1000, 50, 2000) as (house, key):
        cookie = _signed_in(house.url)
        heard, answered = Heard(), {}
        asyncio.run(_run(house.port, house.url, cookie, key, heard, answered))
    spans = sorted(at - answered[pk] for pk, times in heard.at.items() if pk in answered for at in times)
    wanted = LISTENERS * len(answered)
    p99 = spans[int(len(spans) * 0.99)] if spans else float("inf")
    tell(
        {
            "bench": "listeners",
            "database": "SQLite",
            "listeners": heard.listening,
            "reports": len(answered),
            "heard": len(spans),
            "lost": wanted - len(spans),
            "p50_ms": round(spans[len(spans) // 2] * 1000, 1) if spans else None,
            "p99_ms": round(p99 * 1000, 1),
            "worst_ms": round(spans[-1] * 1000, 1) if spans else None,
            "goal_ms": GOAL_S * 1000,
            "holds": heard.listening == LISTENERS and len(spans) == wanted,
        }
    )


def _signed_in(url: str) -> str:
    with httpx.Client(base_url=url, timeout=30, follow_redirects=True) as client:
        client.get("/accounts/login/")
        given = {"login": "duty", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/accounts/login/", data=given)
        return f"sessionid={client.cookies['sessionid']}"


async def _run(port: int, url: str, cookie: str, key: str, heard: Heard, answered: dict[int, float]) -> None:
    ready = asyncio.Semaphore(0)
    listeners = [asyncio.create_task(_listen(port, cookie, heard, ready)) for _ in range(LISTENERS)]
    for _ in range(LISTENERS):
        await asyncio.wait_for(ready.acquire(), 60)
    await _report(url, key, answered)
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end and sum(map(len, heard.at.values())) < LISTENERS * len(answered):
        await asyncio.sleep(0.05)
    for task in listeners:
        task.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)


async def _listen(port: int, cookie: str, heard: Heard, ready: asyncio.Semaphore) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    with suppress(asyncio.IncompleteReadError):
        while line := await reader.readline():
            if line.startswith(b"retry:"):
                heard.listening += 1
                ready.release()
            elif line.startswith(b"data: {"):
                now = time.perf_counter()
                for pk in json.loads(line[6:])["records"]:
                    heard.at.setdefault(pk, []).append(now)


async def _report(url: str, key: str, answered: dict[int, float]) -> None:
    run = uuid4().hex[:10]
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        for number in range(int(SECONDS / EVERY)):
            headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"{run}-{number}"}
            began = time.perf_counter()
            content = message(source_id=f"{run}-{number}", figures={"injured": 3})
            answer = await client.post("/api/v1/reports", json=content, headers=headers)
            answered[answer.raise_for_status().json()["id"]] = time.perf_counter()
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))
