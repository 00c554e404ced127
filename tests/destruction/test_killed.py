"""kill -9 of the worker in the middle of an order: what is done is done whole, and a restart finishes it."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation, installation

REPORTS = 1500
PATIENCE_S = 120

pytestmark = pytest.mark.server


def outside(house: Installation, *words: str) -> str:
    command = [sys.executable, "-m", "tests.destruction.outside", *words]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def left(house: Installation) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(outside(house, "left"))
    return said


def test_a_restart_finishes_it(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.migrate()
        outside(house, "make", str(REPORTS))
        with house.worker() as first:
            end = time.monotonic() + PATIENCE_S
            while (before := left(house))["left"] == REPORTS:
                assert time.monotonic() < end
            first.kill()
            first.wait(PATIENCE_S)
        after = left(house)
        # Nobody works on it now: a record that is done holds nothing, and one that waits holds all.
        assert after["waiting"] == after["left"]
        assert after["destroyed"] == REPORTS - after["left"]
        assert 0 < after["left"] <= before["left"]
        assert after["state"] == "running"
        with house.worker():
            end = time.monotonic() + PATIENCE_S
            while (said := left(house))["state"] != "done":
                assert time.monotonic() < end, said
        assert said["left"] == 0, said
        verdict = house.verify()
        assert verdict["ok"], verdict
        assert verdict["destroyed"] == REPORTS
        written = json.loads((tmp_path / "destruction-orders.json").read_text())
        assert len(written["orders"][0]["records"]) == REPORTS
