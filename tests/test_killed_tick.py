"""kill -9 of the worker among hundreds of desks with something due: each is told once, none is left out."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installation import Installation, installation

DESKS = 300
PATIENCE_S = 90

pytestmark = pytest.mark.server


def due_clocks(house: Installation, *words: str) -> str:
    command = [sys.executable, "-m", "tests.due_clocks", *words]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def told(house: Installation) -> dict[str, int]:
    found: dict[str, int] = json.loads(due_clocks(house, "count"))
    return found


def test_each_desk_once_and_none_left_out(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.migrate()
        due_clocks(house, "write", str(DESKS))
        with house.worker() as first:
            end = time.monotonic() + PATIENCE_S
            while not told(house)["told"]:
                assert time.monotonic() < end
            first.kill()
            first.wait(PATIENCE_S)
        with house.worker():
            end = time.monotonic() + PATIENCE_S
            while told(house)["told"] < DESKS:
                assert time.monotonic() < end, told(house)
        counts = told(house)
        assert counts == {"due": 0, "told": DESKS, "twice": 0, "late": DESKS}
        assert house.verify()["ok"]
