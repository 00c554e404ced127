"""`fenghuo journal verify` over a million sealed entries, on both databases: goal 60 seconds on two cores."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.installation import installation

from .houses import on_both, run

ENTRIES, GOAL_S = 1_000_000, 60.0

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_measure, tell)


def _measure(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        house.first_administrator()
        entries = int(os.environ.get("BENCH_ENTRIES", ENTRIES))
        began = time.monotonic()
        run(["-m", "bench.fill_journal", str(entries)], house.environment)
        filled, used = time.monotonic() - began, _used()
        command = [sys.executable, "-m", "fenghuo.config.cli", "journal", "verify", "--json"]
        began = time.monotonic()
        done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
    verdict = json.loads(done.stdout)
    tell(
        {
            "bench": "verify",
            "database": database,
            "entries": verdict["entries"],
            "seals": verdict["batches"],
            "filled_and_sealed_s": round(filled, 1),
            "seconds": round(seconds, 1),
            "cpu_s": round(_used() - used, 1),
            "goal_s": GOAL_S,
            "holds": verdict["ok"] and verdict["unsealed"] == 0 and seconds <= GOAL_S * entries / ENTRIES,
        }
    )


def _used() -> float:
    """Processor seconds of the processes that have ended; of PostgreSQL's servers nothing is counted."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
