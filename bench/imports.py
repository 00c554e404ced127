"""20,000 people from a workbook into a register, on both databases; and what intake notices of it.

Bar: while the worker reads a workbook and lets it in, the p99 of intake (8 clients over HTTP) is at most 5 x its usual,
of the same run: the median of spells of 3 s; the worst spell stands beside. The goal of 30 seconds stands there too:
seconds depend on the machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from .houses import ours, postgresql
from .intake import requests
from .load import Load, drive

ROWS, CLIENTS, SECONDS, USUAL, BAR = 20_000, 8, 3.0, 4, 5.0

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    kept = os.environ.pop("DATABASE_URL", None)
    for database in ("SQLite", "PostgreSQL"):
        _speed(database, tell)
        _beside_intake(database, tell)
    if kept:
        os.environ["DATABASE_URL"] = kept


def _speed(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, _database(database):
        given = os.environ | {"FENGHUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}
        words = [sys.executable, "-m", "bench.many_imports", str(ROWS)]
        said = subprocess.run(words, env=given, capture_output=True, text=True, check=True).stdout
    found = json.loads(said.splitlines()[-1])
    tell({"bench": "imports", "database": database, "goal_seconds": 30, **found})


def _beside_intake(database: str, tell: Tell) -> None:
    with _database(database), ours(0) as (house, key):
        usual = [_drive(house.port, key) for _turn in range(USUAL)][1:]  # the first warms up
        words = [sys.executable, "-m", "bench.bring", str(ROWS)]
        process = subprocess.Popen(words, env=house.environment, stdout=subprocess.PIPE, text=True)
        meanwhile: list[Load] = []
        while process.poll() is None:
            meanwhile.append(_drive(house.port, key))
        assert process.stdout is not None
        brought = json.loads(process.stdout.read().splitlines()[-1])
        verdict = house.verify()
    usually = median(load.p99 for load in usual)
    ratio = median(load.p99 for load in meanwhile) / usually
    tell(
        {
            "bench": "imports",
            "database": database,
            "rows": ROWS,
            "clients": CLIENTS,
            "usual_p99_ms": [load.p99 for load in usual],
            "meanwhile_p99_ms": [load.p99 for load in meanwhile],
            "usual_rate": [load.rate for load in usual],
            "meanwhile_rate": [load.rate for load in meanwhile],
            "wrong": sum(load.wrong for load in [*usual, *meanwhile]),
            **brought,
            "p99_ratio": round(ratio, 2),
            "worst_p99_ratio": round(max(load.p99 for load in meanwhile) / usually, 2),
            "holds": ratio <= BAR and verdict["ok"] and not any(load.wrong for load in meanwhile),
        }
    )


def _drive(port: int, key: str) -> Load:
    return drive(port, CLIENTS, SECONDS, requests("/api/v1/reports", {"Authorization": f"Bearer {key}"}))


@contextmanager
def _database(name: str) -> Iterator[None]:
    """For what is started inside."""
    if name == "SQLite":
        yield
        return
    with postgresql() as url:
        os.environ["DATABASE_URL"] = url
        yield
        os.environ.pop("DATABASE_URL")
