"""Ranking likely duplicates among 20,000 open reports. Goal: 15 ms."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.installation import installation

REPORTS = 20_000


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        words = [sys.executable, "-m", "bench.many_reports", str(REPORTS)]
        done = subprocess.run(words, env=house.environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    tell({"bench": "duplicates", "database": "SQLite", "open_reports": REPORTS, **found, "goal_ms": 15})
