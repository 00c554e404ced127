"""Who reaches a place in what time: all teams to one incident by one search backward from the incident."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from . import compiled
from .closures import Closures
from .graph import RoadGraph
from .snapping import Stand, Stands
from .turns import Topology

OPEN = Closures()
NONE = np.empty(0, np.int64)


def seconds_to_one(
    graph: RoadGraph, mode: str, teams: Stands, to: Stand, closures: Closures = OPEN
) -> NDArray[np.float64]:
    """From each team to the place, in their order; infinite where no road leads there."""
    if not len(teams):
        return np.empty(0)
    topology, plain = graph.topology(mode), graph.seconds(mode)
    seconds = closures.over(plain)
    seeds, costs, _arcs = arriving(topology, to, closures)
    arcs = np.stack([teams.chains * 2, teams.chains * 2 + 1], axis=1)
    states = np.where(teams.chains[:, None] >= 0, topology.after[arcs], -1)
    wanted = np.unique(states[states >= 0]).astype(np.int64)
    backward = topology.back_pointer, topology.sources, topology.back_arcs
    settled, _came = settle(backward, seconds, seeds, costs, wanted)
    leave = closures.slow(teams.leave, arcs)
    with np.errstate(invalid="ignore"):
        times = np.where(states >= 0, leave + settled[states], inf).min(axis=1)
    _same_chain(teams, to, closures, times)
    return times + teams.walk + to.walk


def seconds_from_one(
    graph: RoadGraph, mode: str, start: Stand, closures: Closures = OPEN, limit: float = inf
) -> NDArray[np.float64]:
    """From the place to each state of the mode's topology, infinite beyond `limit` seconds."""
    topology = graph.topology(mode)
    seeds, costs = leaving(topology, start, closures)
    seconds = closures.over(graph.seconds(mode))
    return settle((topology.pointer, topology.targets, topology.arcs), seconds, seeds, costs, NONE, limit)[0]


def leaving(topology: Topology, start: Stand, closures: Closures) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(states, seconds) at which a drive from the stand comes to junctions."""
    found = [
        (int(topology.after[arc]), start.leave[way] * closures.factor(arc))
        for way, arc in enumerate((2 * start.chain, 2 * start.chain + 1))
        if topology.after[arc] >= 0 and np.isfinite(start.leave[way] * closures.factor(arc))
    ]
    return np.array([state for state, _cost in found], np.int64), np.array([cost for _state, cost in found])


def arriving(
    topology: Topology, to: Stand, closures: Closures
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """(states, seconds, arcs): from which states a drive ends at the stand, after what time and along which arc."""
    found = [
        (int(state), cost, arc)
        for way, arc in enumerate((2 * to.chain, 2 * to.chain + 1))
        if np.isfinite(cost := to.arrive[way] * closures.factor(arc))
        for state in topology.from_states[topology.from_pointer[arc] : topology.from_pointer[arc + 1]]
    ]
    states, costs, arcs = zip(*found, strict=True) if found else ((), (), ())
    return np.array(states, np.int64), np.array(costs, np.float64), np.array(arcs, np.int64)


def settle(
    rows: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]],
    seconds: NDArray[np.float64],
    seeds: NDArray[np.int64],
    costs: NDArray[np.float64],
    wanted: NDArray[np.int64],
    limit: float = inf,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """(seconds, edge by which it was reached) by state; `rows`: pointer, next states, arcs. See compiled.search."""
    settled = np.empty(len(rows[0]) - 1)
    came = np.empty(len(rows[0]) - 1, np.int64)
    compiled.search(*rows, seconds, seeds, costs, wanted, float(limit), settled, came)
    return settled, came


def _same_chain(teams: Stands, to: Stand, closures: Closures, times: NDArray[np.float64]) -> None:
    """Who stands on the incident's own chain may drive straight there."""
    for place in np.flatnonzero(teams.chains == to.chain):
        stand = teams[int(place)]
        assert stand is not None
        times[place] = min(times[place], straight(stand, to, closures))


def straight(start: Stand, to: Stand, closures: Closures) -> float:
    """Seconds along the chain that both stand on; infinite where it is the wrong way."""
    way = 0 if to.along >= start.along else 1
    span = start.leave[way] - to.leave[way]
    factor = closures.factor(2 * start.chain + way)
    return max(span, 0.0) * factor if np.isfinite(span) and np.isfinite(factor) else inf
