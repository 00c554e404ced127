"""What was drawn closes, slows or floods the roads that it meets; what cannot be read is named."""

import json
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.drawn import lay, read_drawn
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import snap

from .town import Town, Way

STEPS = {"car": ((15, 3.6), (20, 7.0)), "truck": ((30, 3.0), (50, 7.0))}  # up to centimetres, factor
ACROSS = {"type": "LineString", "coordinates": [[108.605, 34.0995], [108.605, 34.1005]]}


@pytest.fixture
def graph(tmp_path: Path) -> RoadGraph:
    """One straight street of 925 m."""
    town = Town({1: (34.1, 108.600), 2: (34.1, 108.610)}, [Way(1, [1, 2], {"highway": "residential"})])
    return build_graph(town.write(tmp_path / "town.osm"), shipped())


def feature(geometry: Any = ACROSS, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def in_water(mode: str, depth: float) -> float:
    return next((factor for up_to, factor in STEPS[mode] if depth <= up_to), inf) if depth else 1.0


def seconds(graph: RoadGraph, *features: dict[str, Any], mode: str = "car") -> float:
    start, to = snap(graph, mode, 34.1, 108.601), snap(graph, mode, 34.1, 108.609)
    assert start is not None
    assert to is not None
    laid = lay(
        graph, read_drawn(json.dumps({"type": "FeatureCollection", "features": features})), partial(in_water, mode)
    )
    route = route_between(graph, mode, start, to, laid)
    return inf if route is None else route.seconds


def test_a_feature_says_how_many_times_longer_it_takes(graph: RoadGraph) -> None:
    free = seconds(graph)
    assert seconds(graph, feature(factor=2)) == pytest.approx(2 * free)
    assert seconds(graph, feature(factor=2), feature(factor=3.5)) == pytest.approx(3.5 * free)
    assert seconds(graph, feature(factor=1)) == free
    assert seconds(graph, feature()) == seconds(graph, feature(factor=None)) == inf


def test_water_goes_by_the_depth_and_by_who_drives(graph: RoadGraph) -> None:
    free = seconds(graph), seconds(graph, mode="truck")
    assert seconds(graph, feature(depth=0.15)) == pytest.approx(3.6 * free[0])
    assert seconds(graph, feature(depth=0.3)) == inf
    assert seconds(graph, feature(depth=0.3), mode="truck") == pytest.approx(3.0 * free[1])
    assert seconds(graph, feature(depth=0.0)) == free[0]
    assert seconds(graph, feature(depth=0.05, factor=9)) == pytest.approx(9 * free[0])


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (feature(factor=0.5), "factor 0.5"),
        (feature(factor="2"), "factor '2'"),
        (feature(factor=True), "factor True"),
        (feature(depth=-1), "depth -1"),
        (feature(geometry={"type": "Nonsense"}), "feature 2"),
        ({"type": "Feature"}, "feature 2"),
        (7, "feature 2"),
    ],
)
def test_a_feature_that_cannot_be_read_is_named(said: Any, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_drawn(json.dumps({"type": "FeatureCollection", "features": [feature(), said]}))


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "{", '{"type": "FeatureCollection"}', '{"type": "FeatureCollection", "features": 1}']
)
def test_what_is_no_geojson_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_drawn(text)
