"""Pages with 20,000 reports there: milliseconds a page over kept connections, 4 clients (goal: 200 ms)."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.installation import PASSWORD

from .houses import ours

REPORTS, EACH = 20_000, 25


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    with ours(REPORTS) as (house, _key):
        with httpx.Client(base_url=house.url, timeout=30, follow_redirects=True) as client:
            client.get("/accounts/login/")
            given = {"login": "admin", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
            client.post("/accounts/login/", data=given)
            cookies = dict(client.cookies)
        for address in ("/", "/reports/", "/reports/?page=200", "/reports/?q=草堂", "/units/", "/healthz"):
            spans = asyncio.run(_ask(house.url, address, cookies))
            tell(
                {
                    "bench": "pages",
                    "database": "SQLite",
                    "page": address,
                    "median_ms": round(spans[len(spans) // 2] * 1000, 1),
                    "worst_ms": round(spans[-1] * 1000, 1),
                    "goal_ms": 200,
                }
            )


async def _ask(url: str, address: str, cookies: dict[str, str]) -> list[float]:
    spans: list[float] = []
    async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=60) as client:

        async def one() -> None:
            for _ in range(EACH):
                began = time.perf_counter()
                answer = await client.get(address)
                assert answer.status_code == 200, answer.status_code
                spans.append(time.perf_counter() - began)

        await asyncio.gather(*(one() for _ in range(4)))
    return sorted(spans)
