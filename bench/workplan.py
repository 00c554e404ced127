"""The matrix of 40 targets over 400 units beside two million journal entries: at once, against a count for each cell.

Bars: the selector behind the page takes at most a fiftieth of the ORM asked for each cell (measured on a part of the
units and scaled up) and at most 12 queries; both count the same, or the bench fails. Also told, without a bar: how it
grows with units and with papers, and what a past day costs, for which the journal is asked.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from .houses import postgresql

BY_CELL, MOST_QUERIES = 1 / 50, 12
# units, papers, journal entries
SIZES = ((100, 10_000, 500_000), (400, 10_000, 500_000), (400, 40_000, 2_000_000))


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    for size in SIZES:
        _measure("SQLite", os.environ | {}, size, tell)
    with postgresql() as url:
        _measure("PostgreSQL", os.environ | {"DATABASE_URL": url}, SIZES[-1], tell)


def _measure(
    database: str, environment: dict[str, str], size: tuple[int, int, int], tell: Callable[[dict[str, Any]], None]
) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
        given = environment | {"FENGHUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}
        words = [sys.executable, "-m", "bench.many_targets", *map(str, size)]
        said = subprocess.run(words, env=given, capture_output=True, text=True, check=True).stdout
    found = json.loads(said.splitlines()[-1])
    ratio = found["median_ms"]["matrix"] / found["median_ms"]["by cell"]
    holds = found["equal"] and ratio <= BY_CELL and found["queries"] <= MOST_QUERIES
    whole = size == SIZES[-1]
    tell(
        {"bench": "work plan", "database": database, **found, "by_cell_ratio": round(ratio, 4)}
        | ({"holds": holds} if whole else {})
    )
