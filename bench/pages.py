"""Pages with 20,000 reports, 5,000 incidents and 200,000 entries there: milliseconds a page (goal: 200 ms).

A duty officer's, over kept connections, 4 clients at once.
"""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.installation import PASSWORD

from .houses import ours

REPORTS, INCIDENTS, ENTRIES, EACH = 20_000, 5_000, 200_000, 25


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    with ours(REPORTS, INCIDENTS, ENTRIES) as (house, _key):
        with httpx.Client(base_url=house.url, timeout=30, follow_redirects=True) as client:
            client.get("/accounts/login/")
            given = {"login": "duty", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
            client.post("/accounts/login/", data=given)
            cookies = dict(client.cookies)
            newest = max(re.findall(r"/incidents/[\d-]+/", client.get("/incidents/").text))
        lists = ("/reports/", "/reports/?page=200", "/reports/?q=草堂", "/incidents/", "/incidents/?state=all&page=90")
        for address in ("/", *lists, newest, "/units/", "/healthz"):
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
