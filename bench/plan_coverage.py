"""Coverage of 20,000 units with 100,000 plans: the kept matrix against a count for each unit, and against one SQL.

Bars: the selector behind the page takes at most a twentieth of the ORM asked for each unit (measured on a part and
scaled up), and at most half of the best single statement over units, plans and their filings. All three count the
same, or the bench fails.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from .houses import postgresql

BY_UNIT, BY_SQL = 1 / 20, 1 / 2


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    _measure("SQLite", os.environ | {}, tell)
    with postgresql() as url:
        _measure("PostgreSQL", os.environ | {"DATABASE_URL": url}, tell)


def _measure(database: str, environment: dict[str, str], tell: Callable[[dict[str, Any]], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
        given = environment | {"FENGHUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}
        words = [sys.executable, "-m", "bench.many_plans"]
        said = subprocess.run(words, env=given, capture_output=True, text=True, check=True).stdout
    found = json.loads(said.splitlines()[-1])
    by_unit = found["median_ms"]["kept"] / found["median_ms"]["by unit"]
    by_sql = found["median_ms"]["kept"] / found["median_ms"]["one SQL"]
    tell(
        {
            "bench": "plan coverage",
            "database": database,
            **found,
            "by_unit_ratio": round(by_unit, 4),
            "by_sql_ratio": round(by_sql, 3),
            "holds": found["equal"] and by_unit <= BY_UNIT and by_sql <= BY_SQL,
        }
    )
