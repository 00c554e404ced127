"""Who is within reach: 282 villages × 60 sites, × 4 and × 16 cells, beside a plain count pair by pair in the same run.

Bars, as ratios within one run: at the county's size at least as fast as the plain count, at × 16 at least twice; from
× 1 to × 16 it grows no more than the cells do; memory at its peak at most 16 matrices of the question's size.
"""

import time
import tracemalloc
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

from fenghuo.decision.coverage import Demand, Measure, Site, Threshold, cover

DEMANDS, SITES = 282, 60
FACTORS = (1, 2, 4)  # of each side: × 1, × 4, × 16 cells
RUNS = 7
MINUTES = (5, 10, 15, 30)
MATRICES = 16

type Rows = list[list[float | None]]


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    _size(1)  # imports what is only imported when it is first needed
    found = [_size(factor) for factor in FACTORS]
    for row in found:
        fast = row["plain_ms"] / row["ours_ms"]
        tell(
            {
                "bench": "coverage",
                **row,
                "to_plain": round(fast, 1),
                "holds": fast >= (2 if row is found[-1] else 1) and row["peak_matrices"] <= MATRICES,
            }
        )
    grew = found[-1]["ours_ms"] / found[0]["ours_ms"]
    cells = found[-1]["cells"] / found[0]["cells"]
    tell({"bench": "coverage growth", "cells": cells, "grew": round(grew, 1), "holds": grew <= cells})


def _size(factor: int) -> dict[str, Any]:
    dice = Random(610118 + factor)
    demands = [_demand(dice, place) for place in range(DEMANDS * factor)]
    sites = [Site(f"T-{place:04}", f"队{place}") for place in range(SITES * factor)]
    rows: Rows = [[dice.uniform(60, 4000) if dice.random() > 0.05 else None for _site in sites] for _one in demands]
    array = np.array([[np.inf if one is None else one for one in row] for row in rows])
    thresholds = [Threshold(Measure.MINUTES, minutes) for minutes in MINUTES]
    tracemalloc.start()
    ours = cover(demands, sites, thresholds, seconds=array)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    plain = _plain(demands, sites, rows)
    assert [len(one.covered) for one in ours.within] == [row[0] for row in plain]
    assert [len(one.twice) for one in ours.within] == [row[1] for row in plain]
    assert [one.people.known for one in ours.within] == [row[2] for row in plain]
    return {
        "demands": len(demands),
        "sites": len(sites),
        "cells": array.size,
        "ours_ms": _least(lambda: cover(demands, sites, thresholds, seconds=array)),
        "from_lists_ms": _least(lambda: cover(demands, sites, thresholds, seconds=rows)),
        "plain_ms": _least(lambda: _plain(demands, sites, rows)),
        "peak_mb": round(peak / 1e6, 1),
        "peak_matrices": round(peak / array.nbytes, 1),
    }


def _demand(dice: Random, place: int) -> Demand:
    people = dice.randrange(300, 4000) if dice.random() > 0.05 else None
    return Demand(f"610118{place:06}", f"村{place}", people)


def _plain(demands: list[Demand], sites: list[Site], rows: Rows) -> list[tuple[int, int, int]]:
    """For each threshold covered, twice, people; and who is alone at which site and how near is the nearest."""
    found = []
    for minutes in MINUTES:
        covered = twice = people = 0
        alone: dict[str, list[str]] = {site.id: [] for site in sites}
        for demand, row in zip(demands, rows, strict=True):
            near = [site.id for site, cost in zip(sites, row, strict=True) if cost is not None and cost <= minutes * 60]
            if near:
                covered += 1
                people += demand.people or 0
            if len(near) > 1:
                twice += 1
            elif near:
                alone[near[0]].append(demand.id)
        found.append((covered, twice, people))
    worst = [
        (min((cost for cost in row if cost is not None), default=None), one.id)
        for one, row in zip(demands, rows, strict=True)
    ]
    worst.sort(key=lambda one: (one[0] is not None, -(one[0] or 0.0), one[1]))
    return found


def _least(act: Callable[[], object]) -> float:
    """Milliseconds of the quickest run: what else the machine does counts least in it."""
    took = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - begun))
    return round(min(took), 2)
