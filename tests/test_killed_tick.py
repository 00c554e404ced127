"""kill -9 of the worker among hundreds of desks with something due: each is told once, none is left out."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.asking import asking
from tests.installation import Installation, installation

DESKS = 150
PATIENCE_S = 90

pytestmark = pytest.mark.server


def test_each_desk_once_and_none_left_out(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.migrate()
        write = [sys.executable, "-m", "tests.due_clocks", "write", str(DESKS)]
        subprocess.run(write, env=house.environment, check=True)
        with asking(house, "tests.due_clocks") as told:
            _killed_and_started_again(house, told)
        assert house.verify()["ok"]


def _killed_and_started_again(house: Installation, told: Callable[[], dict[str, Any]]) -> None:
    with house.worker() as first:
        end = time.monotonic() + PATIENCE_S
        while not told()["told"]:
            assert time.monotonic() < end
            time.sleep(0.02)
        first.kill()
        first.wait(PATIENCE_S)
    with house.worker():
        end = time.monotonic() + PATIENCE_S
        while told()["told"] < DESKS:
            assert time.monotonic() < end, told()
            time.sleep(0.2)
    counts = told()
    assert counts == {"due": 0, "told": DESKS, "twice": 0, "late": DESKS}
