"""Routes beside OSRM's: of the same length within 2 % where both choose the same road; differences in time are told.

The same road: of each of the two lines at least 95 in 100 metres lie within 15 m of the other.
"""

from math import cos, radians
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import shapely
from shapely.affinity import scale

from bench.roads_peers import Place, osrm_routes
from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.lengths import METRES_A_DEGREE
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import snap

PAIRS, NEAR, SHARE, FAR = 400, 15.0, 0.95, 300.0  # shorter ones say nothing: snapping is a per cent of them
WITHIN = 0.02


def compare_lengths(packages: Path, folder: Path, graph: RoadGraph, places: list[Place]) -> dict[str, Any]:
    """`places`: on roads. After osrm_table in the same folder."""
    dice = Random(7)
    pairs = [(one, other) for one, other in (dice.sample(places, 2) for _pair in range(PAIRS))]
    ratios, times, both, none, only_one = [], [], 0, 0, 0
    for (one, other), theirs in zip(pairs, osrm_routes(packages, folder, pairs), strict=True):
        start, to = snap(graph, "car", *one), snap(graph, "car", *other)
        ours = route_between(graph, "car", start, to) if start and to else None
        if ours is None or theirs is None:
            none, only_one = none + (ours is theirs), only_one + ((ours is None) != (theirs is None))
            continue
        if min(ours.metres, theirs["metres"]) < FAR:
            continue
        both += 1
        times.append(ours.seconds / theirs["seconds"])
        if _same_road([(longitude, latitude) for latitude, longitude in ours.line], theirs["line"]):
            ratios.append(ours.metres / theirs["metres"])
    off = [abs(ratio - 1) for ratio in ratios]
    return {
        "pairs": {"both": both, "same_road": len(ratios), "neither": none, "only_one": only_one},
        "length_off": {"median": round(median(off), 4), "most": round(max(off), 4)},
        "time_to_osrm": [round(value, 2) for value in quantiles(times, n=10)],  # told, not asserted
        "holds": len(ratios) > both / 4 and max(off) <= WITHIN,
    }


def _same_road(one: list[tuple[float, float]], other: list[list[float]]) -> bool:
    narrowing = cos(radians(one[0][1]))
    first, second = (
        scale(shapely.LineString(line), METRES_A_DEGREE * narrowing, METRES_A_DEGREE, origin=(0, 0))
        for line in (one, other)
    )
    return _covered(first, second) >= SHARE and _covered(second, first) >= SHARE


def _covered(line: Any, by: Any) -> float:
    return float(line.intersection(by.buffer(NEAR)).length / line.length)
