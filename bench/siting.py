"""Where seven of sixty should be for 282 villages, and published p-medians, beside spopt (CBC) and HiGHS alone.

Bars, as ratios within one run, over the made-up counties together: the least time proven in at most a 200th of spopt's
time and a 60th of HiGHS's; the most people within 10, 15 and 20 minutes in at most a fifth of spopt's and half of
HiGHS's (there both are quick). The p-medians of `FENGHUO_BENCH_INSTANCES` to
their published optimum, proven. Without the peers in `.tools/bench` only our own times are told.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fenghuo.decision.siting import Aim, Demand, Question, Site, propose
from fenghuo.decision.siting.aims import best
from fenghuo.decision.siting.choosing import Terms
from fenghuo.decision.siting.field import read
from fenghuo.decision.siting.prices import Prices
from fenghuo.decision.siting.valuing import worth_of

from .siting_peers import HIGHS, SPOPT

DEMANDS, SITES, NEW = 282, 60, 7
COUNTIES = (1, 2, 3)
COVERS = (10.0, 15.0, 20.0)  # minutes
RUNS = 5
BARS = {"spopt": (1 / 200, 1 / 5), "highs": (1 / 60, 1 / 2)}  # median, cover
PUBLISHED = {"pmed1": 5819, "pmed5": 1355, "pmed10": 1255, "pmed20": 1789}
PACKAGES = Path(".tools/bench")

type Times = NDArray[np.float64]


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    questions = [_county(dice, minutes) for minutes in (None, *COVERS) for dice in COUNTIES]
    propose(questions[0])  # compiles what is compiled when it is first needed
    propose(questions[-1])
    for minutes in (None, *COVERS):
        same = [one for one in questions if one.within_minutes == minutes]
        _compared(tell, minutes, same)
    _whole(tell, questions[0])
    _medians(tell)


def _compared(tell: Callable[[dict[str, Any]], None], minutes: float | None, questions: list[Question]) -> None:
    ours = [_timed(one) for one in questions]
    row: dict[str, Any] = {
        "bench": "siting",
        "aim": "median" if minutes is None else f"cover {minutes:g} min",
        "counties": len(questions),
        "ours_ms": [round(one[0], 2) for one in ours],
        "proposal_ms": [round(_least(lambda one=one: propose(one)), 2) for one in questions],  # type: ignore[misc]
        "proven": all(one[2] for one in ours),
    }
    holds = row["proven"]
    for name, program in (("spopt", SPOPT), ("highs", HIGHS)):
        said = _asked(program, questions)
        if said is None:
            row[name] = "not installed, not compared"
            continue
        assert all(math.isclose(one["value"], mine[1], rel_tol=1e-9) for one, mine in zip(said, ours, strict=True))
        row[f"{name}_ms"] = [round(one["ms"], 1) for one in said]
        ratio = sum(one[0] for one in ours) / sum(one["ms"] for one in said)
        row[f"to_{name}"] = f"1/{1 / ratio:.0f}"
        holds = holds and ratio <= BARS[name][minutes is not None]
    tell({**row, "holds": holds})


def _whole(tell: Callable[[dict[str, Any]], None], asked: Question) -> None:
    """With the curve and the best without each chosen one: thirteen more questions."""
    alone = _timed(asked)[0]
    full = Question(asked.demands, asked.sites, asked.seconds, asked.aim, asked.new)
    found, whole = propose(full), _least(lambda: propose(full))
    questions = len(found.curve) + len(found.without)  # the last of the curve is the proposal
    row = {"bench": "siting with curve and stand-ins", "questions": questions, "ms": round(whole, 1)}
    tell({**row, "times_alone": round(whole / alone, 1), "proven": all(one.worth.proven for one in found.curve)})


def _medians(tell: Callable[[dict[str, Any]], None]) -> None:
    folder = os.environ.get("FENGHUO_BENCH_INSTANCES")
    if not folder:
        tell({"bench": "siting, published medians", "skipped": "FENGHUO_BENCH_INSTANCES names no folder"})
        return
    for path in sorted(Path(folder).glob("pmed*.txt")):
        asked = _published(path)
        took, value, proven = _timed(asked)
        known = PUBLISHED.get(path.stem)
        row = {"bench": "siting, published medians", "file": path.name, "ms": round(took, 1), "value": value}
        tell({**row, "published": known, "holds": proven and (known is None or value == known)})


def _timed(asked: Question) -> tuple[float, float, bool]:
    """(milliseconds, value, proven) of the choice: the question read and checked, chosen and proven."""
    field = read(asked)
    plan = best(field, Prices(field), Terms(field.most_new))
    worth = worth_of(field, plan)

    def act() -> None:
        field = read(asked)
        best(field, Prices(field), Terms(field.most_new))

    return _least(act), worth.value, worth.proven


def _least(act: Callable[[], object]) -> float:
    """Milliseconds of the quickest run: what else the machine does counts least in it."""
    took = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - begun))
    return min(took)


def _county(dice: int, minutes: float | None) -> Question:
    """Villages anywhere in 40 × 40 km, sites in some of them; straight lines × 1.35 at 40 km/h, whole seconds."""
    random = np.random.default_rng(dice)
    places = random.uniform(0, 40_000, (DEMANDS, 2))
    people = random.integers(300, 4000, DEMANDS).tolist()
    sites = places[random.choice(DEMANDS, SITES, replace=False)]
    seconds = np.rint(np.hypot(*(places[:, None] - sites[None]).transpose(2, 0, 1)) * 1.35 / 11.1)
    return Question(
        [Demand(f"{row:03}", f"村{row}", count) for row, count in enumerate(people)],
        [Site(f"{column:02}", f"点{column}") for column in range(SITES)],
        seconds,
        Aim.MEDIAN if minutes is None else Aim.COVER,
        NEW,
        minutes,
        curve=False,
        without=False,
    )


def _published(path: Path) -> Question:
    count, _edges, new, *rest = map(int, path.read_text().split())
    ways = np.full((count, count), np.inf)
    np.fill_diagonal(ways, 0)
    for one, other, cost in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        ways[one - 1, other - 1] = ways[other - 1, one - 1] = cost
    for through in range(count):
        ways = np.minimum(ways, ways[:, through : through + 1] + ways[through])
    names = [f"{place:04}" for place in range(count)]
    demands, sites = [Demand(one, one, 1) for one in names], [Site(one, one) for one in names]
    return Question(demands, sites, ways, Aim.MEDIAN, new, curve=False, without=False)


def _asked(program: str, questions: list[Question]) -> list[dict[str, float]] | None:
    """Value and milliseconds (building the model and solving it) of each, in a process of its own; None: no peer."""
    rows = [
        {
            "seconds": np.asarray(one.seconds).tolist(),
            "people": [demand.people for demand in one.demands],
            "new": one.new,
            "within": None if one.within_minutes is None else one.within_minutes * 60,
        }
        for one in questions
    ]
    given = os.environ | {"PYTHONPATH": str(PACKAGES.resolve())}
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(rows), env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(done.stderr[-2000:])
    said: list[dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return said
