"""What was drawn closes, slows or floods the roads that it meets; what cannot be read is named."""

import json
from math import inf
from pathlib import Path
from typing import Any

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.drawn import lay, read_drawn
from fenghuo.geo.roads.floods import factor_in_water, floods_with, read_floods, shipped_floods
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import snap

from .town import Town, Way

FLOODS = shipped_floods()
ACROSS = {"type": "LineString", "coordinates": [[108.605, 34.0995], [108.605, 34.1005]]}


@pytest.fixture
def graph(tmp_path: Path) -> RoadGraph:
    """One straight street of 925 m."""
    town = Town({1: (34.1, 108.600), 2: (34.1, 108.610)}, [Way(1, [1, 2], {"highway": "residential"})])
    return build_graph(town.write(tmp_path / "town.osm"), shipped())


def feature(geometry: Any = ACROSS, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def seconds(graph: RoadGraph, *features: dict[str, Any], mode: str = "car") -> float:
    start, to = snap(graph, mode, 34.1, 108.601), snap(graph, mode, 34.1, 108.609)
    assert start is not None
    assert to is not None
    laid = lay(graph, read_drawn(json.dumps({"type": "FeatureCollection", "features": features})), mode, FLOODS)
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


def test_the_steps_for_cars_are_those_of_the_published_curve() -> None:
    for millimetres in (50, 100, 150, 200):
        kmh = 0.0009 * millimetres**2 - 0.5529 * millimetres + 86.9448
        assert factor_in_water(millimetres / 1000, "car", FLOODS) == pytest.approx(86.9448 / kmh, rel=0.05)


@pytest.mark.parametrize("mode", FLOODS)
def test_deeper_water_is_never_faster(mode: str) -> None:
    factors = [factor_in_water(depth / 100, mode, FLOODS) for depth in range(101)]
    assert factors == sorted(factors)
    assert factors[0] == 1.0
    assert factors[-1] == inf


def test_a_county_sets_its_own_steps(tmp_path: Path) -> None:
    (tmp_path / "floods.csv").write_text("mode,depth_m,factor\ntruck,0.8,2\n")
    own = floods_with(tmp_path / "floods.csv")
    assert factor_in_water(0.7, "truck", own) == 2
    assert own["car"] == FLOODS["car"]


@pytest.mark.parametrize("row", ["boat,0.1,2", "car,-1,2", "car,0.1,0.5", "car,,2", "car,0.1,3\ncar,0.2,2"])
def test_a_table_that_cannot_be_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"row 2|car"):
        read_floods(f"mode,depth_m,factor\n{row}\n")


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
