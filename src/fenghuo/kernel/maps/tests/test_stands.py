"""Who stands still is not looked up again; who moves is, once; a new graph looks up everybody."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.snapping import Stands, snap_all
from fenghuo.geo.roads.tests.town import random_town
from fenghuo.kernel.maps import roads, stands
from fenghuo.kernel.maps.stands import stand_of, stands_of
from fenghuo.kernel.maps.travel import travel_times

type Position = tuple[float, float]


@pytest.fixture
def graph(tmp_path: Path) -> RoadGraph:
    return build_graph(random_town(7).write(tmp_path / "town.osm"), shipped())


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many places were looked up, one number for each time that any was."""
    counts = list[int]()

    def counting(graph: RoadGraph, mode: str, places: Sequence[Position]) -> Stands:
        counts.append(len(places))
        return snap_all(graph, mode, places)

    monkeypatch.setattr(stands, "snap_all", counting)
    return counts


def places(seed: int, count: int = 300) -> list[Position]:
    dice = Random(seed)
    return [(34.1 + dice.uniform(0, 0.008), 108.6 + dice.uniform(0, 0.008)) for _one in range(count)]


def same(one: Stands, other: Stands) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("chains", "along", "off", "positions", "leave", "arrive")
    )


def test_who_stands_still_is_looked_up_once_and_who_moves_once_more(graph: RoadGraph, looked_up: list[int]) -> None:
    teams = places(1)
    assert same(stands_of(graph, "car", teams), snap_all(graph, "car", teams))
    assert same(stands_of(graph, "car", teams[::-1]), snap_all(graph, "car", teams[::-1]))
    assert looked_up == [300]
    teams[17] = (34.1033, 108.6044)
    assert same(stands_of(graph, "car", teams), snap_all(graph, "car", teams))
    assert looked_up == [300, 1]
    assert stand_of(graph, "car", teams[17]) == snap_all(graph, "car", teams)[17]
    stands_of(graph, "foot", teams[:5])
    assert looked_up == [300, 1, 5]


def test_with_too_many_those_of_before_are_forgotten(
    graph: RoadGraph, looked_up: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stands, "MOST", 100)
    for seed in range(4):
        found = places(seed, 80)
        assert same(stands_of(graph, "car", found), snap_all(graph, "car", found))
    assert looked_up == [80, 80, 80, 80]
    assert len(stands._known[graph]["car"].rows) <= 180


def test_times_are_those_of_a_fresh_look_and_a_new_graph_looks_up_everybody(
    settings: Any, tmp_path: Path, looked_up: list[int], django_assert_num_queries: Any, db: None
) -> None:
    settings.MAPS = tmp_path / "maps"
    settings.OWN_ROAD_SPEEDS = tmp_path / "none.csv"
    roads.build_roads(random_town(7).write(tmp_path / "town.osm"), lambda _what, _n: None)
    teams, to = places(2), (34.1041, 108.6041)
    first = travel_times(teams, to)
    assert looked_up == [1, 300]
    with django_assert_num_queries(1):  # that of the closures
        assert travel_times(teams, to) == first
    assert looked_up == [1, 300]
    teams[3] = (34.1033, 108.6044)
    moved = travel_times(teams, to)
    assert looked_up == [1, 300, 1]
    stands._known.clear()
    assert travel_times(teams, to) == moved
    roads.build_roads(random_town(7).write(tmp_path / "town.osm"), lambda _what, _n: None)
    looked_up.clear()
    assert travel_times(teams, to) == moved
    assert looked_up == [1, 300]
