"""Travel times: along the county's roads as soon as they are loaded, else along straight lines, and then called so."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from fenghuo.geo.roads.closures import Closures
from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.travel import START, straight_line_seconds

from .closures import closures_now
from .roads import current_graph
from .stands import stand_of, stands_of


@dataclass(frozen=True, slots=True)
class Travel:
    """`seconds`: None where no road leads there. `estimate`: reckoned along a straight line, not along roads."""

    seconds: float | None
    estimate: bool = True


def travel_times(
    origins: Sequence[tuple[float, float]],
    to: tuple[float, float],
    mode: str = "truck",
    closures: Closures | None = None,
    *,
    exercise: bool = False,
) -> list[Travel]:
    """From each origin (latitude, longitude; WGS 84) to one place, in the order given.

    `mode`: one of geo.roads.access.MODES; a fire truck goes nowhere where a car does not, and is what is sent most.
    `closures`: None for those that stand now, or, for an `exercise`, those that stand in exercises.
    Places outside the loaded roads are reckoned along a straight line.
    """
    graph = current_graph()
    if graph is None or not inside(graph, to):
        return [_straight(origin, to) for origin in origins]
    goal, stands = stand_of(graph, mode, to), stands_of(graph, mode, origins)
    if goal is None:
        return [_straight(origin, to) for origin in origins]
    laid = closures_now(mode, exercise=exercise) if closures is None else closures
    times = seconds_to_one(graph, mode, stands, goal, laid).tolist()
    return [
        (Travel(START + seconds if isfinite(seconds) else None, estimate=False))
        if inside(graph, origin)
        else _straight(origin, to)
        for origin, seconds in zip(origins, times, strict=True)
    ]


def on_roads(*places: tuple[float, float]) -> bool:
    """Whether all of them lie where roads are loaded."""
    graph = current_graph()
    return graph is not None and all(inside(graph, place) for place in places)


def _straight(origin: tuple[float, float], to: tuple[float, float]) -> Travel:
    return Travel(straight_line_seconds(*origin, *to)[1])


def inside(graph: RoadGraph, place: tuple[float, float]) -> bool:
    """Roads of a neighbour are not in the extract: nothing can be said of the way to what lies there."""
    south, west, north, east = graph.bounds
    return south <= place[0] <= north and west <= place[1] <= east
