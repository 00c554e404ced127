"""A register of 20,000 people: server milliseconds of its pages, what ten times as many rows cost, and 200 rows.

Bars: first page, filter, words and order grow less than the rows (10 x) with their logarithm (1.3); the 200 rows are
made in a quarter of a plain Django template's time. Whole pages stand beside: most of theirs is the database's and
the shell's, in both.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from .houses import postgresql

GROWTH, BAR = 13.0, 0.25


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    _measure("SQLite", os.environ | {}, tell)
    with postgresql() as url:
        _measure("PostgreSQL", os.environ | {"DATABASE_URL": url}, tell)


def _measure(database: str, environment: dict[str, str], tell: Callable[[dict[str, Any]], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
        given = environment | {"FENGHUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}
        words = [sys.executable, "-m", "bench.many_rows"]
        said = subprocess.run(words, env=given, capture_output=True, text=True, check=True).stdout
    small, large = json.loads(said.splitlines()[-1])
    growth = max(large[name] / small[name] for name in ("first", "filter", "words", "sort"))
    ratio = large["rows"] / large["plain rows"]
    tell(
        {
            "bench": "registers",
            "database": database,
            "rows": 20_000,
            "median_ms": large,
            "growth_for_10x": round(growth, 1),
            "rows_ratio": round(ratio, 2),
            "page_ratio": round(large["200 rows"] / large["plain"], 2),
            "holds": growth <= GROWTH and ratio <= BAR,
        }
    )
