"""Times from many places to many, along the roads as they stand, else along straight lines, and then called so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from fenghuo.geo.cells import metres_between
from fenghuo.geo.roads.closures import Closures
from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.reaching import arriving, seconds_from_one, seconds_to_one, straight
from fenghuo.geo.roads.snapping import Stand, Stands, snap_all
from fenghuo.geo.travel import START, straight_line_seconds

from ..roads import current_graph
from ..routing import Position
from ..travel import inside

type Numbers = NDArray[np.float64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Times:
    """`seconds`: (origins, goals), infinite where no road leads there, the minute to get going in it as in
    `travel_times`. `estimate`: which of them were reckoned along a straight line.
    """

    seconds: Numbers
    estimate: Flags


def times_between(origins: Sequence[Position], goals: Sequence[Position], mode: str, closures: Closures) -> Times:
    """From each origin to each goal (latitude, longitude; WGS 84). Asked again, it is remembered for a while."""
    return _between(current_graph(), mode, _Laid(closures), tuple(origins), tuple(goals))


def metres_apart(origins: Sequence[Position], goals: Sequence[Position]) -> Numbers:
    """(origins, goals), as the crow flies."""
    rows = [[metres_between(*origin, *goal) for goal in goals] for origin in origins]
    return np.array(rows, np.float64).reshape(len(origins), len(goals))


class _Laid:
    """The same closures are the same object as long as nothing changes: told apart without looking into them."""

    def __init__(self, closures: Closures) -> None:
        self.closures = closures

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Laid) and self.closures is other.closures

    def __hash__(self) -> int:
        return id(self.closures)


@lru_cache(maxsize=8)
def _between(
    graph: RoadGraph | None, mode: str, laid: _Laid, origins: tuple[Position, ...], goals: tuple[Position, ...]
) -> Times:
    estimate = np.ones((len(origins), len(goals)), bool)
    seconds = np.full(estimate.shape, inf)
    if graph is not None:
        starts, ends = snap_all(graph, mode, origins), snap_all(graph, mode, goals)
        # As in `travel_times`: who is goal of the ways must stand on a road, else nothing is known of its roads.
        known_goals = np.array([inside(graph, one) for one in goals], bool) & (ends.chains >= 0)
        estimate = ~(np.array([inside(graph, one) for one in origins], bool)[:, None] & known_goals)
        seconds = START + along_roads(graph, mode, starts, ends, laid.closures)
    for row, column in np.argwhere(estimate).tolist():
        seconds[row, column] = straight_line_seconds(*origins[row], *goals[column])[1]
    seconds.flags.writeable = estimate.flags.writeable = False
    return Times(seconds, estimate)


def along_roads(graph: RoadGraph, mode: str, starts: Stands, ends: Stands, closures: Closures) -> Numbers:
    """(starts, ends), infinite where no road leads there: one search for each of whichever are fewer."""
    times = np.full((len(starts), len(ends)), inf)
    if len(ends) <= len(starts):
        for place in range(len(ends)):
            if (end := ends[place]) is not None:
                times[:, place] = seconds_to_one(graph, mode, starts, end, closures)
        return times
    arrivals = _arrivals(graph, mode, ends, closures)
    for place in range(len(starts)):
        if (start := starts[place]) is not None:
            times[place] = _from_one(graph, mode, start, ends, arrivals, closures)
    return times


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """From which state of the roads which end is reached, after what time."""

    ends: NDArray[np.int64]
    states: NDArray[np.int64]
    costs: Numbers


def _arrivals(graph: RoadGraph, mode: str, ends: Stands, closures: Closures) -> _Arrivals:
    topology = graph.topology(mode)
    found = [
        (np.full(len(states), place), states, costs)
        for place in range(len(ends))
        if (end := ends[place]) is not None
        for states, costs, _arcs in (arriving(topology, end, closures),)
    ]
    if not found:
        return _Arrivals(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    places, states, costs = zip(*found, strict=True)
    return _Arrivals(np.concatenate(places), np.concatenate(states), np.concatenate(costs))


def _from_one(
    graph: RoadGraph, mode: str, start: Stand, ends: Stands, arrivals: _Arrivals, closures: Closures
) -> Numbers:
    settled = seconds_from_one(graph, mode, start, closures)
    times = np.full(len(ends), inf)
    np.minimum.at(times, arrivals.ends, settled[arrivals.states] + arrivals.costs)
    for place in np.flatnonzero(ends.chains == start.chain).tolist():
        end = ends[place]
        assert end is not None
        times[place] = min(times[place], straight(start, end, closures))
    return times + start.walk + ends.walk
