"""The tick with 1,000 and with 50,000 running clocks and the same few due: what it costs grows with what is due."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.installation import installation

from .houses import on_both

MOST_RATIO = 1.5

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_measure, tell)


def _measure(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        house.command("migrate", "-v0")
        words = [sys.executable, "-m", "bench.tick_rounds"]
        done = subprocess.run(words, env=house.environment, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    ratio = round(said["many_ms"] / said["few_ms"], 2)
    tell(
        {"bench": "tick", "database": database, **said, "ratio": ratio, "bar": MOST_RATIO, "holds": ratio <= MOST_RATIO}
    )
