"""Durable intake against bare django-ninja that inserts one row a request, on both databases, 20,000 reports there.

Bars, on the medians of one run: rate at least 1 x the faster peer's at 8 clients and 1.5 x at 64; on SQLite p99 at most
a fifth of that peer's.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import uuid4

from tests.messages import message

from .houses import on_both, ours, peer
from .load import Load, drive, post

REPORTS, SECONDS, REPEATS = 20_000, 3.0, 3
BARS = {8: 1.0, 64: 1.5}
P99_BAR = 0.2

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_compare, tell)


def _compare(database: str, tell: Tell) -> None:
    with ExitStack() as stack:
        house, key = stack.enter_context(ours(REPORTS))
        doors = {
            "fenghuo": (house.port, "/api/v1/reports", {"Authorization": f"Bearer {key}"}),
            "ninja wsgi": (stack.enter_context(peer("wsgi", REPORTS)), "/sync", {}),
            "ninja asgi": (stack.enter_context(peer("asgi", REPORTS)), "/async", {}),
        }
        for clients in BARS:
            found: dict[str, list[Load]] = {name: [] for name in doors}
            for _repeat in range(REPEATS):
                for name, (port, path, headers) in doors.items():
                    found[name].append(drive(port, clients, SECONDS, requests(path, headers)))
            _tell(database, clients, found, tell)
        verdict = house.verify()
        tell({"bench": "intake", "database": database, "journal": verdict["entries"], "holds": verdict["ok"]})


def requests(path: str, headers: dict[str, str]) -> Callable[[int], bytes]:
    # Calls of now: for one of long ago its deadline is over when it comes, and the tick says so beside the intake.
    run, now = uuid4().hex[:10], datetime.now(UTC).isoformat()

    def request(number: int) -> bytes:
        once = f"{run}-{number}"
        content = message(source_id=once, received_at=now, figures={"injured": 3})
        return post(path, content, headers | {"Idempotency-Key": once})

    return request


def _tell(database: str, clients: int, found: dict[str, list[Load]], tell: Tell) -> None:
    for name, loads in found.items():
        tell(
            {
                "bench": "intake",
                "database": database,
                "clients": clients,
                "server": name,
                "rate": [load.rate for load in loads],
                "p50_ms": [load.p50 for load in loads],
                "p99_ms": [load.p99 for load in loads],
                "wrong": sum(load.wrong for load in loads),
            }
        )
    rates = {name: median(load.rate for load in loads) for name, loads in found.items()}
    best = max((name for name in found if name != "fenghuo"), key=lambda name: rates[name])
    ratio = rates["fenghuo"] / rates[best]
    slow = median(load.p99 for load in found["fenghuo"]) / median(load.p99 for load in found[best])
    held = ratio >= BARS[clients] and not any(load.wrong for load in found["fenghuo"])
    if database == "SQLite":
        held = held and slow <= P99_BAR
    tell(
        {
            "bench": "intake",
            "database": database,
            "clients": clients,
            "against": best,
            "rate_ratio": round(ratio, 2),
            "p99_ratio": round(slow, 3),
            "holds": held,
        }
    )
