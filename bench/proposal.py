"""Whom to send, through the whole house: 300 teams on record, read, reckoned, ranked and put into words."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.installation import installation

TEAMS, TIMES, GOAL_MS = 300, 40, 50

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        assert house.command("migrate", "-v0").returncode == 0
        command = [sys.executable, "-m", "bench.many_teams", str(TEAMS), str(TIMES)]
        done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
    tell({"bench": "proposal", "teams": TEAMS, "times": TIMES, "goal_ms": GOAL_MS, **found})
