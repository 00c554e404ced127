"""kill -9 of the worker in the middle of an order: what is done is done whole, and a restart finishes it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.asking import asking
from tests.installation import Installation, installation

REPORTS = 1500
PATIENCE_S = 120

pytestmark = pytest.mark.server


def test_a_restart_finishes_it(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.migrate()
        make = [sys.executable, "-m", "tests.destruction.outside", "make", str(REPORTS)]
        subprocess.run(make, env=house.environment, check=True)
        with asking(house, "tests.destruction.outside") as left:
            _killed_and_started_again(house, left)
        verdict = house.verify()
        assert verdict["ok"], verdict
        assert verdict["destroyed"] == REPORTS
        written = json.loads((tmp_path / "destruction-orders.json").read_text())
        assert len(written["orders"][0]["records"]) == REPORTS


def _killed_and_started_again(house: Installation, left: Callable[[], dict[str, Any]]) -> None:
    with house.worker() as first:
        end = time.monotonic() + PATIENCE_S
        while (before := left())["left"] == REPORTS:
            assert time.monotonic() < end
            time.sleep(0.02)
        first.kill()
        first.wait(PATIENCE_S)
    after = left()
    # Nobody works on it now: a record that is done holds nothing, and one that waits holds all.
    assert after["waiting"] == after["left"]
    assert after["destroyed"] == REPORTS - after["left"]
    assert 0 < after["left"] <= before["left"]
    assert after["state"] == "running"
    with house.worker():
        end = time.monotonic() + PATIENCE_S
        while (said := left())["state"] != "done":
            assert time.monotonic() < end, said
            time.sleep(0.2)
    assert said["left"] == 0, said
