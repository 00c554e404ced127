"""How far one comes from a place in so many minutes: areas along the roads, or circles, then called estimates."""

from math import cos, pi, radians, sin
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.geo.areas import METRES_PER_DEGREE
from fenghuo.geo.roads.closures import Closures
from fenghuo.geo.roads.isochrones import reached_from
from fenghuo.geo.travel import START, straight_line_reach

from .roads import current_graph
from .routing import Position
from .stands import stand_of
from .travel import inside

CORNERS = 48
BETWEEN = 400.0 / METRES_PER_DEGREE  # fields that lie no farther from roads reached are shown as reached
COARSE = 30.0 / METRES_PER_DEGREE


def reached(at: Position, minutes: list[int], mode: str, closures: Closures) -> list[dict[str, Any]]:
    """GeoJSON features with `minutes` and `estimate`, the widest first, so that the narrower lie upon it.

    The minute to get going is part of the minutes, as in `travel_times`.
    """
    graph = current_graph()
    start = stand_of(graph, mode, at) if graph is not None and inside(graph, at) else None
    widest = sorted(minutes, reverse=True)
    if graph is None or start is None:
        return [_feature(_circle(at, straight_line_reach(60.0 * one)), one, estimate=True) for one in widest]
    limits = {one: max(60.0 * one - START, 0.0) for one in widest}
    found = reached_from(graph, mode, start, max(limits.values()), closures)
    features = list[dict[str, Any]]()
    inner: BaseGeometry = shapely.Polygon()
    for one in sorted(minutes):
        if (found.seconds <= limits[one]).any():
            inner = _whole(found.area(limits[one])).union(inner)
            features.append(_feature(shapely.geometry.mapping(inner), one, estimate=False))
    return features[::-1]


def _whole(area: BaseGeometry) -> BaseGeometry:
    """The cells as one area without ragged edges, a little rounder than they are: for looking at, not for counting."""
    closed = area.buffer(BETWEEN, quad_segs=4).buffer(-BETWEEN, quad_segs=4).union(area)
    return shapely.set_precision(closed.simplify(COARSE), 1e-6)


def _feature(geometry: dict[str, Any], minutes: int, *, estimate: bool) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"minutes": minutes, "estimate": estimate}}


def _circle(at: Position, metres: float) -> dict[str, Any]:
    north = metres / METRES_PER_DEGREE
    east = north / max(cos(radians(at[0])), 0.01)
    turns = [2 * pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [[round(at[1] + east * cos(turn), 6), round(at[0] + north * sin(turn), 6)] for turn in turns]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
