"""One way from here to there: its line, its length and time, and the roads that it takes one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import atan2, cos, degrees, inf, radians

import numpy as np
from numpy.typing import NDArray

from .access import MODES
from .closures import Closures
from .graph import RoadGraph
from .lengths import SCALE
from .reaching import OPEN, arriving, leaving, settle, straight
from .snapping import Stand
from .turns import Topology

TURNED = 60.0  # degrees: so much at a junction is said also where the name stays
STRAIGHT, SHORT = 20.0, 30.0  # degrees, metres

type Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Step:
    """`turn`: how one comes into it, degrees clockwise from straight on, None at the start, 180 where one turns round.

    `kind`: its class. `heading`: in which direction it begins, degrees clockwise from north.
    """

    name: str
    kind: str
    turn: float | None
    metres: float
    seconds: float
    at: Point
    heading: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """`metres`, `seconds`: on the road, the walks to and from it in seconds included; `line` begins and ends there."""

    metres: float
    seconds: float
    line: list[Point]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class _Leg:
    """An arc, or the part of it between two places in metres from its chain's tail."""

    arc: int
    begin: float
    end: float


def route_between(graph: RoadGraph, mode: str, start: Stand, to: Stand, closures: Closures = OPEN) -> Route | None:
    """The quickest, or None where no road leads there."""
    legs, seconds = _legs(graph, mode, start, to, closures)
    if not np.isfinite(seconds):
        return None
    line = [point for leg in legs for point, _run in _points(graph, leg)]
    walked = start.walk + to.walk
    steps = _joined(_steps(graph, MODES.index(mode), legs, closures))
    return Route(sum(step.metres for step in steps), seconds + walked, _without_repeats(line), steps)


def _legs(graph: RoadGraph, mode: str, start: Stand, to: Stand, closures: Closures) -> tuple[list[_Leg], float]:
    topology = graph.topology(mode)
    best = straight(start, to, closures) if start.chain == to.chain else inf
    way = 0 if to.along >= start.along else 1
    legs = [_Leg(2 * start.chain + way, start.along, to.along)]
    seeds, costs = leaving(topology, start, closures)
    states, arrive, arcs = arriving(topology, to, closures)
    if not len(seeds) or not len(states):
        return legs, best
    forward = topology.pointer, topology.targets, topology.arcs
    settled, came = settle(forward, closures.over(graph.seconds(mode)), seeds, costs, np.unique(states))
    totals = settled[states] + arrive
    last = int(np.lexsort((arcs, states, totals))[0])
    total = float(totals[last])
    if total >= best:
        return legs, best
    return _driven(graph, topology, start, to, came, int(states[last]), int(arcs[last])), total


def _driven(
    graph: RoadGraph,
    topology: Topology,
    start: Stand,
    to: Stand,
    came: NDArray[np.int64],
    state: int,
    last: int,
) -> list[_Leg]:
    metres = graph.chains.metres
    legs = [_Leg(last, 0.0 if last % 2 == 0 else float(metres[to.chain]), to.along)]
    while (edge := int(came[state])) >= 0:
        arc = int(topology.arcs[edge])
        whole = float(metres[arc // 2])
        legs.append(_Leg(arc, *((0.0, whole) if arc % 2 == 0 else (whole, 0.0))))
        state = int(np.searchsorted(topology.pointer, edge, side="right")) - 1
    arcs = [arc for arc in (2 * start.chain, 2 * start.chain + 1) if topology.after[arc] == state]
    first = min(arcs, key=lambda arc: start.leave[arc % 2])
    end = float(metres[start.chain]) if first % 2 == 0 else 0.0
    if abs(end - start.along) > 1.0 or legs[-1].arc != first ^ 1:  # at a dead end one need not go and turn
        legs.append(_Leg(first, start.along, end))
    return legs[::-1]


def _points(graph: RoadGraph, leg: _Leg) -> list[tuple[Point, float]]:
    """The leg's points in the order driven, with the metres from the chain's tail."""
    shape = graph.shape(leg.arc // 2)
    runs = graph.runs(leg.arc // 2)
    low, high = min(leg.begin, leg.end), max(leg.begin, leg.end)
    inner = np.flatnonzero((runs > low) & (runs < high))
    wanted = np.r_[low, runs[inner], high]
    latitudes = np.interp(wanted, runs, shape[:, 0] / SCALE)
    longitudes = np.interp(wanted, runs, shape[:, 1] / SCALE)
    found = [
        ((round(latitude, 7), round(longitude, 7)), run)
        for latitude, longitude, run in np.stack([latitudes, longitudes, wanted], axis=1).tolist()
    ]
    return found if leg.arc % 2 == 0 else found[::-1]


def _steps(graph: RoadGraph, mode: int, legs: list[_Leg], closures: Closures) -> Iterator[Step]:
    """What has one name is one step, unless one turns within it; a road without a name goes on as long as its class."""
    now: Step | None = None
    before: list[Point] = []
    arc = -1
    for leg in legs:
        for piece in _pieces(graph, mode, leg):
            points = [point for point, _run in _points(graph, _Leg(leg.arc, piece.begin, piece.end))]
            metres, seconds = abs(piece.end - piece.begin), piece.seconds * closures.factor(leg.arc)
            turn = _turn(before, points) if before else None
            within = turn is None or leg.arc == arc or (abs(turn) < TURNED and leg.arc != arc ^ 1)
            same = now is not None and (
                now.name == piece.name != "" or (now.name, now.kind) == (piece.name, piece.kind)
            )
            if now is not None and same and within:
                now = replace(now, metres=now.metres + metres, seconds=now.seconds + seconds)
            else:
                if now is not None:
                    yield now
                turn = 180.0 if leg.arc == arc ^ 1 else turn
                now = Step(piece.name, piece.kind, turn, metres, seconds, points[0], _bearing(points[0], points[1]))
            before, arc = points, leg.arc
    if now is not None:
        yield now


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Without the few metres that have no name of their own between two roads that lie straight behind one another."""
    kept: list[Step] = []
    for step in steps:
        last = kept[-1] if kept else None
        straight_on = step.turn is not None and abs(step.turn) < STRAIGHT and step.kind != "ferry"
        if last is None or not straight_on or last.kind == "ferry":
            kept.append(step)
        elif not step.name and step.metres < SHORT:
            kept[-1] = replace(last, metres=last.metres + step.metres, seconds=last.seconds + step.seconds)
        elif (not last.name and last.metres < SHORT) or last.name == step.name != "":
            metres, seconds = last.metres + step.metres, last.seconds + step.seconds
            kept[-1] = replace(last, name=step.name, kind=step.kind, metres=metres, seconds=seconds)
        else:
            kept.append(step)
    return kept


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    kind: str
    begin: float
    end: float
    seconds: float


def _pieces(graph: RoadGraph, mode: int, leg: _Leg) -> list[_Piece]:
    """The leg by the ways that it runs on, in the order driven."""
    chains, chain = graph.chains, leg.arc // 2
    runs = graph.runs(chain)
    first, after = int(chains.piece_starts[chain]), int(chains.piece_starts[chain + 1])
    bounds = [float(runs[place]) for place in chains.piece_first[first:after]] + [float(runs[-1])]
    low, high = min(leg.begin, leg.end), max(leg.begin, leg.end)
    found = []
    for place, piece in enumerate(range(first, after)):
        begin, end = max(bounds[place], low), min(bounds[place + 1], high)
        if end > begin:
            speed = float(chains.piece_speeds[piece, leg.arc % 2, mode])
            found.append(
                _Piece(
                    graph.names[int(graph.piece_names[piece])],
                    str(graph.about["classes"][int(graph.piece_classes[piece])]),
                    *((begin, end) if leg.arc % 2 == 0 else (end, begin)),
                    (end - begin) / speed,
                )
            )
    return found if leg.arc % 2 == 0 else found[::-1]


def _turn(before: list[Point], after: list[Point]) -> float:
    """Degrees from -180 to 180, right is positive."""
    turned = _bearing(after[0], after[1]) - _bearing(before[-2], before[-1])
    return (turned + 180.0) % 360.0 - 180.0


def _bearing(one: Point, other: Point) -> float:
    return degrees(atan2((other[1] - one[1]) * cos(radians(one[0])), other[0] - one[0]))


def _without_repeats(line: list[Point]) -> list[Point]:
    kept = line[:1]
    for point in line[1:]:
        if point != kept[-1]:
            kept.append(point)
    return kept
