"""The road found for a place is the nearest of all that the mode may use, wherever the place lies."""

from math import inf
from pathlib import Path
from random import Random

import numpy as np
import pytest
import shapely

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import CLOSE_BY, close_within
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.lengths import METRES_A_DEGREE, SCALE
from fenghuo.geo.roads.snapping import FARTHEST, snap, snap_all

from .town import Town, Way, random_town


@pytest.fixture(scope="module", params=["north", "south"])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RoadGraph:
    town = random_town(6, size=9)
    if request.param == "south":
        town.nodes = {node: (-latitude, longitude) for node, (latitude, longitude) in town.nodes.items()}
    town.nodes |= {5001: (town.nodes[1][0] + 0.08, 108.60), 5002: (town.nodes[1][0] + 0.02, 108.75)}
    town.ways.append(Way(900, [5001, 5002], {"highway": "residential"}))  # long and oblique, through many cells
    town.ways.append(Way(901, [1, 5001], {"highway": "footway"}))
    return build_graph(town.write(tmp_path_factory.mktemp("town") / "town.osm"), shipped())


def plainly(graph: RoadGraph, mode: str, latitude: float, longitude: float) -> float:
    """Metres to the nearest piece of road that this mode may use: all of them are gone through."""
    chains, best = graph.chains, inf
    wide = np.cos(np.radians(latitude))
    place = shapely.Point(longitude * wide, latitude)
    for chain in np.flatnonzero(np.isfinite(graph.seconds(mode)).reshape(-1, 2).any(axis=1)):
        part = slice(int(chains.shape_starts[chain]), int(chains.shape_starts[chain + 1]))
        line = np.stack([chains.shape_longitudes[part] * wide, chains.shape_latitudes[part]], axis=1) / SCALE
        best = min(best, shapely.LineString(line).distance(place) * METRES_A_DEGREE)
    return best


@pytest.mark.parametrize("mode", ["car", "foot"])
def test_no_road_is_nearer(graph: RoadGraph, mode: str) -> None:
    dice = Random(3)
    south, west, north, east = graph.bounds
    places = [(dice.uniform(south - 0.1, north + 0.1), dice.uniform(west - 0.1, east + 0.1)) for _one in range(150)]
    places += [(south, west), (north, east), (south + 0.3, west), (south, east + 0.5)]
    for place, off, chain in zip(
        places, *(getattr(snap_all(graph, mode, places), x) for x in ("off", "chains")), strict=True
    ):
        wanted = plainly(graph, mode, *place)
        if wanted > FARTHEST:
            assert chain == -1
        else:
            assert off == pytest.approx(wanted, rel=1e-6, abs=0.01)


def test_what_lies_nowhere_stands_on_no_road(graph: RoadGraph) -> None:
    for place in ((0.0, 0.0), (89.9, -179.9), (float("nan"), 108.6), (float("inf"), 108.6), (341_050_000.0, 108.6)):
        assert snap(graph, "car", *place) is None


def test_a_drawing_closes_every_road_that_it_meets_and_no_other(graph: RoadGraph) -> None:
    dice = Random(4)
    south, west, north, east = graph.bounds
    everything = graph.lines(np.arange(len(graph.chains.tails)))
    for _one in range(40):
        corners = [(dice.uniform(west, east), dice.uniform(south, north)) for _corner in range(3)]
        for drawn in (shapely.Polygon(corners), shapely.LineString(corners), shapely.Point(corners[0])):
            wide = drawn if drawn.geom_type == "Polygon" else drawn.buffer(CLOSE_BY / METRES_A_DEGREE)
            wanted = set(np.flatnonzero(shapely.intersects(wide, everything)).tolist())
            assert {arc // 2 for arc in close_within(graph, drawn).factors} == wanted
    far = shapely.box(west + 20, south, east + 20, north)
    assert not close_within(graph, far).factors


def test_one_road_alone_is_found(tmp_path: Path) -> None:
    town = Town({1: (34.1, 108.6), 2: (34.1, 108.60001)}, [Way(1, [1, 2], {"highway": "residential"})])
    graph = build_graph(town.write(tmp_path / "town.osm"), shipped())
    assert snap(graph, "car", 34.1, 108.7) is not None
    assert snap(graph, "car", 34.1, 109.7) is None
