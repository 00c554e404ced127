"""Coverage, reckoned by whole columns: one pass over the matrix for each threshold."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .answers import AtSite, Coverage, People, Served, Within
from .asking import (
    Costs,
    Demand,
    Matrix,
    Measure,
    Site,
    Threshold,
    check_ids,
    check_people,
    check_thresholds,
    read_matrix,
)
from .reasons import reasons_of

type Flags = NDArray[np.bool_]
type Places = NDArray[np.int64]
NOWHERE: Places = np.empty(0, np.int64)


def cover(
    demands: Sequence[Demand],
    sites: Sequence[Site],
    thresholds: Sequence[Threshold],
    *,
    seconds: Matrix | None = None,
    metres: Matrix | None = None,
    estimate: bool = False,
) -> Coverage:
    """Who is within reach. A matrix has a row for each demand and a column for each site; see `read_matrix`.

    Nearest and worst are by seconds when they are given, else by metres. Raises: BadQuestion.
    """
    check_ids("demands", (one.id for one in demands))
    check_ids("sites", (one.id for one in sites))
    check_people(demands)
    given = {Measure.MINUTES: ("seconds", seconds), Measure.METRES: ("metres", metres)}
    check_thresholds(thresholds, {measure for measure, (_name, matrix) in given.items() if matrix is not None})
    order = sorted(range(len(sites)), key=lambda place: sites[place].id)  # of equals the lower id is taken
    ranked = [sites[place] for place in order]
    costs = {
        measure: _reachable(read_matrix(name, matrix, len(demands), len(sites))[:, order], demands, ranked)
        for measure, (name, matrix) in given.items()
        if matrix is not None
    }
    measure = next(iter(costs))
    crowd = _Crowd(demands)
    served = _served(demands, ranked, costs[measure])
    found = Coverage(
        measure=measure,
        within=tuple(_within(one, demands, ranked, costs[one.measure], crowd) for one in thresholds),
        served=served,
        worst=tuple(sorted((one for one in served if one.demand.placed), key=_worst_first)),
        people=crowd.of(crowd.placed),
        unplaced=tuple(one for one in demands if not one.placed),
        unplaced_sites=tuple(one for one in ranked if not one.placed),
        estimate=estimate,
        reasons=(),
    )
    return replace(found, reasons=reasons_of(found))


class _Crowd:
    """The populations as arrays: a sum never takes an unknown one for 0."""

    def __init__(self, demands: Sequence[Demand]) -> None:
        self.placed: Flags = np.array([one.placed for one in demands], bool)
        self._known: Flags = np.array([one.people is not None for one in demands], bool)
        self._people = np.array([one.people or 0 for one in demands], np.int64)

    def of(self, which: Flags | Places) -> People:
        return People(int(self._people[which].sum()), int((~self._known[which]).sum()))


def _reachable(costs: Costs, demands: Sequence[Demand], sites: Sequence[Site]) -> Costs:
    """What has no position reaches nothing."""
    rows = np.array([one.placed for one in demands], bool)
    columns = np.array([one.placed for one in sites], bool)
    return np.where(rows[:, None] & columns, costs, np.inf)


def _served(demands: Sequence[Demand], sites: Sequence[Site], costs: Costs) -> tuple[Served, ...]:
    rows = np.arange(len(demands))
    first = costs.argmin(axis=1)
    least = costs[rows, first]
    others = costs.copy()
    others[rows, first] = np.inf
    second = others.argmin(axis=1)
    then = others[rows, second]
    found = []
    for demand, place, cost, next_place, next_cost in zip(
        demands, first.tolist(), least.tolist(), second.tolist(), then.tolist(), strict=True
    ):
        nearest = (sites[place], cost) if cost < np.inf else (None, None)
        other = (sites[next_place], next_cost) if next_cost < np.inf else (None, None)
        found.append(Served(demand, *nearest, *other))
    return tuple(found)


def _worst_first(one: Served) -> tuple[bool, float, bool, int, str]:
    """Of equals those where more people live, then those of whom nobody knows, then by id."""
    people = one.demand.people
    return one.cost is not None, -(one.cost or 0.0), people is None, -(people or 0), one.demand.id


def _within(
    threshold: Threshold, demands: Sequence[Demand], sites: Sequence[Site], costs: Costs, crowd: _Crowd
) -> Within:
    near = costs <= threshold.limit
    times = near.sum(axis=1)
    covered, once, twice = times > 0, times == 1, times > 1
    missing = crowd.placed & ~covered
    hanging = np.flatnonzero(once)
    only = near[hanging].argmax(axis=1)
    alone = {place: hanging[only == place] for place in np.unique(only).tolist()}
    everybody, reached, placed = crowd.of(crowd.placed), crowd.of(covered), int(crowd.placed.sum())

    def ids(which: Flags) -> tuple[str, ...]:
        return tuple(demands[place].id for place in np.flatnonzero(which).tolist())

    def at(place: int, covers: int) -> AtSite:
        theirs = alone.get(place, NOWHERE)
        return AtSite(sites[place], covers, tuple(demands[one].id for one in theirs.tolist()), crowd.of(theirs))

    return Within(
        threshold=threshold,
        covered=ids(covered),
        uncovered=ids(missing),
        twice=ids(twice),
        once={demands[one].id: sites[place].id for one, place in zip(hanging.tolist(), only.tolist(), strict=True)},
        people=reached,
        people_uncovered=crowd.of(missing),
        people_twice=crowd.of(twice),
        share=int(covered.sum()) / placed if placed else None,
        people_share=reached.known / everybody.known if everybody.known else None,
        sites=tuple(at(place, covers) for place, covers in enumerate(near.sum(axis=0).tolist())),
    )
