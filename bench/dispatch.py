"""Teams for one incident and for twenty at once, among 300, 1,200 and 4,800, beside HiGHS with one big weighted sum.

Goals: 300 teams and one incident with all reasons and what each choice would cost to leave out in 10 ms; 300 and 20,
proven level by level, in 1 s. Bars, as ratios within one run: every plan proven; the peer's never misses fewer teams;
the engine (field read and plan proven, 14 levels) no slower than the peer with four; 16 times the teams take at most
32 times as long. The quickest run counts: what else the machine does counts least in it; the median stands beside it.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from random import Random
from typing import Any

from fenghuo.decision.dispatch import Cover, Incident, Level, Question, Team, propose, propose_for_many
from fenghuo.decision.dispatch.asking import check
from fenghuo.decision.dispatch.climbing import climb
from fenghuo.decision.dispatch.field import read
from fenghuo.standards.capabilities import CAPABILITIES
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.needs import Need, needs_for

from .dispatch_peers import HIGHS

TEAMS, TIMES = 300, (1, 4, 16)
INCIDENTS, VILLAGES = 20, 282
COUNTIES = (1, 2, 3)
RUNS, RUNS_OF_ONE = 5, 100
COVER_MINUTES = 15.0
FIGURES = {"injured": 40, "trapped": 6, "missing": 3, "moved": 1200}
GROWTH, TO_PEER = 32, 1

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    needs_for("earthquake", FIGURES)  # the first one reads the table
    propose_for_many(_county(0, 30, 3))  # and loads the solver
    first: dict[str, float] = {}
    for times in TIMES:
        _one(tell, times, first)
    for times in TIMES:
        _many(tell, times, first)
    _more_incidents(tell)
    _crowded(tell)


def _one(tell: Tell, times: int, first: dict[str, float]) -> None:
    """A large incident: all of the proposal, and the same with times unknown of a tenth, and with cover."""
    random = Random(610118)
    teams = [_team(random, key) for key in range(TEAMS * times)]
    needs = needs_for("earthquake", FIGURES).needs
    row: dict[str, Any] = {"bench": "dispatch, one incident", "teams": len(teams), "runs": RUNS_OF_ONE}
    found = propose(needs, teams)
    took = _took(lambda: propose(needs, teams), RUNS_OF_ONE)
    alone = _took(lambda: propose(needs, teams, without=False), RUNS_OF_ONE)
    row |= {
        "choices": len(found.choices),
        "least_ms": round(min(took), 2),
        "median_ms": round(statistics.median(took), 2),
    }
    row |= {"worst_ms": round(max(took), 2), "without_alternatives_ms": round(min(alone), 2)}
    row["memory_mb"] = _memory(lambda: propose(needs, teams))
    base = first.setdefault("one", min(took))
    row |= {"growth": round(min(took) / base, 1), "holds": found.outcome.proven and min(took) / base <= GROWTH}
    tell(row | ({"goal_ms": 10} if times == 1 else {}))
    cover = _covers(random, teams)
    covered = _took(lambda: propose(needs, teams, cover=cover, without=False), RUNS)
    whole = _took(lambda: propose(needs, teams, cover=cover), RUNS)
    proven = propose(needs, teams, cover=cover, without=False).outcome.proven
    row = {"bench": "dispatch, one incident with cover", "teams": len(teams), "places": len(cover), "runs": RUNS}
    row |= {"least_ms": round(min(whole), 2), "without_alternatives_ms": round(min(covered), 2)}
    tell(row | {"holds": proven})


def _many(tell: Tell, times: int, first: dict[str, float]) -> None:
    counties = [_county(dice, TEAMS * times, INCIDENTS) for dice in COUNTIES]
    row, took = _row("dispatch, twenty incidents", counties)
    base = first.setdefault("many", sum(took))
    row["growth"] = round(sum(took) / base, 1)
    row["holds"] = row["proven"] and sum(took) / base <= GROWTH
    if times == 1:
        row["goal_ms"] = 1000
        row |= _beside(counties)
        row["holds"] = row["holds"] and row["peer_never_better"] and row["to_highs"] <= TO_PEER
    tell(row)


def _more_incidents(tell: Tell) -> None:
    """Four times the incidents and the teams: an earthquake."""
    row, _took_ms = _row("dispatch, eighty incidents", [_county(1, 4 * TEAMS, 4 * INCIDENTS)])
    tell(row | {"holds": row["proven"]})


def _crowded(tell: Tell) -> None:
    """Six capabilities that many have, times in whole minutes: equals everywhere, the worst that was found."""
    for teams in (100, 300):
        row, _took_ms = _row("dispatch, equals everywhere", [_equals(dice, teams) for dice in COUNTIES], runs=1)
        tell(row)


def _row(name: str, questions: list[Question], runs: int = RUNS) -> tuple[dict[str, Any], list[float]]:
    took = [min(_took(lambda one=one: propose_for_many(one), runs)) for one in questions]  # type: ignore[misc]
    proven = [propose_for_many(one).outcome.proven for one in questions]
    row = {
        "bench": name,
        "teams": len(questions[0].teams),
        "incidents": len(questions[0].incidents),
        "places": len(questions[0].cover),
        "sent": [propose_for_many(one).outcome.worth[Level.TEAMS] for one in questions],
        "ms": [round(one, 1) for one in took],
        "engine_ms": [round(_engine(one, runs), 1) for one in questions],
        "memory_mb": _memory(lambda: propose_for_many(questions[0])),
        "process_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "proven": all(proven),
    }
    return row, took


def _beside(questions: list[Question]) -> dict[str, Any]:
    """The same put to HiGHS as one program, its levels weighted so that none outweighs the one before."""
    asked = [_plain(one) for one in questions]
    given = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", HIGHS], input=json.dumps(asked), env=given, capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    unmet = [propose_for_many(one).outcome.worth[Level.UNMET_MUST] for one in questions]
    never = all(theirs["levels"][0] >= ours for ours, theirs in zip(unmet, said, strict=True))
    ratio = sum(_engine(one, RUNS) for one in questions) / sum(one["ms"] for one in said)
    return {
        "highs_ms": [round(one["ms"], 1) for one in said],
        "highs_levels": [one["levels"] for one in said],
        "peer_never_better": never,
        "to_highs": round(ratio, 3),
    }


def _plain(asked: Question) -> dict[str, Any]:
    """Arrays of what the peer needs: holds with team, arc, slot, minutes; slots with must, should and weight."""
    check(asked)
    field = read(asked)
    team, slot = field.can.nonzero()
    at = [field.slots[one].incident for one in slot.tolist()]
    return {
        "team": team.tolist(),
        "slot": slot.tolist(),
        "incident": at,
        "steps": field.steps[team, at].tolist(),
        "must": [one.must for one in field.slots],
        "should": [one.should for one in field.slots],
        "weight": [field.incidents[one.incident].weight for one in field.slots],
    }


def _engine(asked: Question, runs: int) -> float:
    """Milliseconds until the plan is there and proven, without reasons."""
    return min(_took(lambda: climb(read(asked), asked.effort), runs))


def _took(act: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds."""
    took = []
    for _run in range(runs):
        begun = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - begun))
    return took


def _memory(act: Callable[[], object]) -> float:
    """Megabytes of Python's and numpy's own at the peak; the solver's stand in `process_mb` only."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6, 1)


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


def _covers(random: Random, teams: list[Team]) -> list[Cover]:
    return [
        Cover(f"{place:03}", f"村{place}", random.randint(300, 4000), frozenset(random.sample(range(len(teams)), 8)))
        for place in range(VILLAGES)
    ]


def _county(dice: int, teams: int, incidents: int) -> Question:
    """40 × 40 km, straight lines × 1.35 at 40 km/h; incidents of any kind; 282 villages, each with two covers."""
    random = Random(dice)

    def somewhere() -> tuple[float, float]:
        return random.uniform(0, 40), random.uniform(0, 40)

    def seconds(one: tuple[float, float], other: tuple[float, float]) -> float:
        return float(round(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 * 1350 / 11.1))

    bases, places = [somewhere() for _ in range(teams)], [somewhere() for _ in range(incidents)]
    listed = []
    for key in range(incidents):
        figures = {
            "injured": random.randint(0, 8),
            "trapped": random.randint(0, 3),
            "missing": random.randint(0, 1),
            "moved": random.choice([0, 0, 100, 400]),
        }
        needs = needs_for(random.choice(sorted(KINDS)), figures).needs
        listed.append(Incident(key, f"事件{key}", needs, random.choice([1, 1, 2, 4])))
    crews = [
        Team(
            key,
            f"队{key}",
            frozenset(random.sample(sorted(CAPABILITIES), random.randint(1, 5))),
            state=random.choice(["ready", "ready", "ready", "resting"]),
            called_today=random.choice([0, 0, 1, 2]),
        )
        for key in range(teams)
    ]
    cover = []
    for place in range(VILLAGES):
        village, people = somewhere(), random.randint(300, 4000)
        near = frozenset(key for key in range(teams) if seconds(bases[key], village) <= COVER_MINUTES * 60)
        cover += [Cover(f"{place:03}{name}", f"村{place}", people, near, name) for name in ("medical", "firefighting")]
    times = [[seconds(base, place) for place in places] for base in bases]
    return Question(listed, crews, times, cover, without=False)


def _equals(dice: int, teams: int) -> Question:
    random = Random(dice)
    slugs = sorted(CAPABILITIES)[:6]
    incidents = [
        Incident(
            key,
            f"事件{key}",
            [
                Need(slug, random.randint(1, 4), random.random() < 0.6, "a")
                for slug in random.sample(slugs, random.randint(1, 6))
            ],
            random.choice([1, 2, 4]),
        )
        for key in range(INCIDENTS)
    ]
    crews = [
        Team(
            key,
            f"队{key}",
            frozenset(random.sample(slugs, random.choice([1, 2, 2, 3, 3]))),
            called_today=random.choice([0, 0, 1, 2]),
        )
        for key in range(teams)
    ]
    times = [[60.0 * random.randint(1, 11) for _ in incidents] for _ in crews]
    return Question(incidents, crews, times, without=False)
