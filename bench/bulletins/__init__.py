"""Calls and bulletins written for this project, with what a careful officer would read out of each.

`place` is the beginning of the region code; what is not named in `figures` must not be found. Received at NOW.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

NOW = datetime(2026, 5, 12, 4, 0, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class Bulletin:
    text: str
    incidents: list[dict[str, Any]]


def bulletins() -> Iterator[Bulletin]:
    lines = Path(__file__).with_name("calls.jsonl").read_text(encoding="utf-8").splitlines()
    return (Bulletin(**json.loads(line)) for line in lines)
