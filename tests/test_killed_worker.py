"""kill -9 of the worker in the middle of 2,000 messages: by the gateway's own log nobody twice, nobody left out."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installation import Installation, installation
from tests.sms_gateway import sms_gateway

MESSAGES, KILL_AFTER = 2000, 700
PATIENCE_S = 60

pytestmark = pytest.mark.server


def outbox(house: Installation, *words: str) -> str:
    command = [sys.executable, "-m", "tests.outbox", *words]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nobody_twice_and_nobody_left_out(tmp_path: Path) -> None:
    with sms_gateway() as gateway, installation(tmp_path) as house:
        house.migrate()
        gateway.write(tmp_path / "sms.toml")
        gateway.delay_s = 0.005
        outbox(house, "write", str(MESSAGES))
        with house.worker() as first:
            assert gateway.when_accepted(KILL_AFTER).wait(PATIENCE_S)
            first.kill()
            first.wait(PATIENCE_S)
        assert len(gateway.accepted) < MESSAGES
        assert json.loads(outbox(house, "states"))["sending"] > 0
        outbox(house, "expire")
        with house.worker():
            assert gateway.when_accepted(MESSAGES).wait(PATIENCE_S), outbox(house, "states")
            end = time.monotonic() + PATIENCE_S
            while (states := json.loads(outbox(house, "states"))) != {"sent": MESSAGES}:
                assert time.monotonic() < end, states
        times = gateway.times()
        assert len(times) == MESSAGES
        assert max(times.values()) == 1
        assert gateway.asked  # what was being sent when it died
