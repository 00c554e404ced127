"""What sealing costs intake: the same house with and without it, alternating, five pairs, on both databases.

Bar: the median of the five ratios of rates is at least 0.9. The house without is one whose only seal claims to hold
every position there will ever be, so that its sealer finds nothing to do.
"""

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any

from tests.installation import Installation

from .houses import on_both, ours, run
from .intake import requests
from .load import Load, drive

REPORTS, CLIENTS, SECONDS, PAIRS = 2000, 8, 6.0, 5  # seconds enough for two rounds of the sealer
BAR = 0.9
PATH = "/api/v1/reports"

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_compare, tell)


def _compare(database: str, tell: Tell) -> None:
    with ExitStack() as stack:
        houses = {name: stack.enter_context(ours(REPORTS)) for name in ("with", "without")}
        run(["-m", "bench.stop_sealing"], houses["without"][0].environment)
        before = {name: house.verify()["batches"] for name, (house, _key) in houses.items() if name == "with"}
        found: dict[str, list[Load]] = {name: [] for name in houses}
        for pair in range(PAIRS):
            order = list(houses) if pair % 2 == 0 else list(houses)[::-1]
            for name in order:
                found[name].append(_driven(*houses[name]))
        verdict = houses["with"][0].verify()
    ratios = [one.rate / other.rate for one, other in zip(found["with"], found["without"], strict=True)]
    wrong = sum(load.wrong for loads in found.values() for load in loads)
    tell(
        {
            "bench": "sealing",
            "database": database,
            "clients": CLIENTS,
            "rate_with": [load.rate for load in found["with"]],
            "rate_without": [load.rate for load in found["without"]],
            "p99_ms_with": [load.p99 for load in found["with"]],
            "p99_ms_without": [load.p99 for load in found["without"]],
            "seals": verdict["batches"] - before["with"],
            "wrong": wrong,
            "ratio": round(median(ratios), 3),
            "holds": median(ratios) >= BAR and not wrong and verdict["ok"] and verdict["batches"] > before["with"],
        }
    )


def _driven(house: Installation, key: str) -> Load:
    return drive(house.port, CLIENTS, SECONDS, requests(PATH, {"Authorization": f"Bearer {key}"}))
