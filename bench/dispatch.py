"""A proposal among 300 teams for a large incident: median and worst milliseconds. Goal: 50."""

import statistics
import time
from collections.abc import Callable
from random import Random
from typing import Any

from fenghuo.decision.dispatch import Team, propose
from fenghuo.standards.capabilities import CAPABILITIES
from fenghuo.standards.needs import needs_for

TEAMS = 300
RUNS = 200
FIGURES = {"injured": 40, "trapped": 6, "missing": 3, "moved": 1200}


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    random = Random(610118)
    teams = [_team(random, key) for key in range(TEAMS)]
    needs_for("earthquake", FIGURES)  # the first one reads the table
    took = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        found = propose(needs_for("earthquake", FIGURES).needs, teams)
        took.append(1000 * (time.perf_counter() - begun))
    tell(
        {
            "bench": "dispatch",
            "teams": TEAMS,
            "choices": len(found.choices),
            "median_ms": round(statistics.median(took), 2),
            "worst_ms": round(max(took), 2),
            "goal_ms": 50,
        }
    )


def _team(random: Random, key: int) -> Team:
    return Team(
        id=key,
        name=f"队{key}",
        capabilities=frozenset(random.sample(sorted(CAPABILITIES), random.randint(1, 5))),
        seconds=random.uniform(60, 7200),
        estimate=True,
        state=random.choice(["ready", "ready", "ready", "resting", "unavailable"]),
        busy_with=random.choice(["", "", "", "别处"]),
        called_today=random.choice([0, 0, 1, 2]),
    )
