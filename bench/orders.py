"""An order to 100 people: seconds from its commit until the last SMS is accepted by a gateway that answers in 20 ms."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.installation import installation
from tests.sms_gateway import sms_gateway

from .houses import on_both

PEOPLE, ANSWER_S, REPEATS, GOAL_S = 100, 0.02, 5, 2.0

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_measure, tell)


def _measure(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        house.command("migrate", "-v0")
        with sms_gateway() as gateway, house.worker():
            gateway.write(Path(folder) / "sms.toml")
            gateway.delay_s = ANSWER_S
            spans = []
            for round_number in range(1, REPEATS + 1):
                words = [sys.executable, "-m", "tests.outbox", "write", str(PEOPLE)]
                done = subprocess.run(words, env=house.environment, capture_output=True, text=True, check=True)
                if not gateway.when_accepted(PEOPLE * round_number).wait(60):
                    raise TimeoutError("the worker does not send")
                spans.append(gateway.last_at - float(done.stdout))
            twice = sum(count > 1 for count in gateway.times().values())
    tell(
        {
            "bench": "orders",
            "database": database,
            "people": PEOPLE,
            "gateway_answers_in_s": ANSWER_S,
            "seconds": [round(span, 2) for span in spans],
            "median_s": round(median(spans), 2),
            "goal_s": GOAL_S,
            "twice": twice,
            "holds": twice == 0,
        }
    )
