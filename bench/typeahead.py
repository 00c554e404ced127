"""Typeahead among 20,000 units: milliseconds (goal 20) and what ten times as many units cost (bar: 15 x)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from .houses import postgresql

TYPED = ["应急", "yingji", "yjgl", "cty", "草堂", "学校12", "zhongxue", "z"]


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    for database in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
            environment = os.environ | {"FENGHUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}
            words = [sys.executable, "-m", "bench.many_units", *TYPED]
            if database == "SQLite":
                said = subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout
            else:
                with postgresql() as url:
                    with_url = environment | {"DATABASE_URL": url}
                    said = subprocess.run(words, env=with_url, capture_output=True, text=True, check=True).stdout
        small, large = json.loads(said.splitlines()[-1])
        growth = max(large[typed] / max(small[typed], 0.5) for typed in TYPED)
        tell(
            {
                "bench": "typeahead",
                "database": database,
                "units": 20_000,
                "median_ms": large,
                "worst_ms": max(large.values()),
                "goal_ms": 20,
                "growth_for_10x": round(growth, 1),
                "holds": growth <= 15,
            }
        )
