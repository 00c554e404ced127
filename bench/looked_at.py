"""What it costs intake that a county looks on: reports posted while people fetch their lists after every entry.

Nobody, then as many as hear of one entry among 500 people (bench.live), then all 500. No bar: told, with how long
their pages take meanwhile. Pages have threads of their own, but the interpreter and two cores are shared.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.installation import Installation, installation

from .houses import on_both
from .intake import requests
from .live import script
from .load import drive

PEOPLE = (0, 56, 500)
CLIENTS, SECONDS = 8, 10.0
PATH, LIST = "/api/v1/reports", "/reports/"

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_measure, tell)


def _measure(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        for words in (("migrate", "-v0"), ("demo", "load")):
            done = house.command(*words)
            assert done.returncode == 0, done.stderr
        keys = [key for _post, key in json.loads(script(house, "bench.live_county", str(max(PEOPLE))))]
        token = house.key("intake.write")
        house.start()
        for people in PEOPLE:
            with _looking(house, keys[:people]) as screens:
                load = drive(house.port, CLIENTS, SECONDS, requests(PATH, {"Authorization": f"Bearer {token}"}))
            tell(
                {"bench": "looked at", "database": database, "people": people, "clients": CLIENTS}
                | {"rate": load.rate, "p50_ms": load.p50, "p99_ms": load.p99, "wrong": load.wrong, "screens": screens}
            )
        house.stop()


@contextmanager
def _looking(house: Installation, keys: list[str]) -> Iterator[dict[str, Any]]:
    """What their pages took is there when it is over."""
    found: dict[str, Any] = {}
    if not keys:
        yield found
        return
    words = [sys.executable, "-m", "bench.screens", str(house.port), LIST, str(SECONDS)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(keys))
        process.stdin.close()
        yield found
        found.update(json.loads(process.stdout.read()))
