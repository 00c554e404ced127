"""How far one comes: never farther than the time allows, never past a closure, and more in more time."""

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import close_chains
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.isochrones import reached_from
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.snapping import snap, snap_all

from .town import random_town


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> RoadGraph:
    return build_graph(random_town(3, size=7).write(tmp_path_factory.mktemp("town") / "town.osm"), shipped())


def test_what_is_reached_is_reached_by_the_search_in_that_time(graph: RoadGraph) -> None:
    start = snap(graph, "car", 34.106, 108.606)
    assert start is not None
    reached = reached_from(graph, "car", start, 120.0)
    assert len(reached.points) > 50
    some = list(range(0, len(reached.points), 7))
    for place in some:
        to = snap(graph, "car", *reached.points[place].tolist())
        assert to is not None
        if not 1.0 < to.along < graph.chains.metres[to.chain] - 1.0:
            continue  # at a junction one may stand on any of its roads, also on one that ends there
        (time,) = seconds_to_one(graph, "car", snap_all(graph, "car", [(start.latitude, start.longitude)]), to)
        assert time <= reached.seconds[place] + 0.2
        assert reached.seconds[place] <= 120.0


def test_more_time_reaches_more_and_a_closure_less(graph: RoadGraph) -> None:
    start = snap(graph, "car", 34.106, 108.606)
    assert start is not None
    near, far = reached_from(graph, "car", start, 60.0), reached_from(graph, "car", start, 180.0)
    assert near.cells(60.0, 10) < far.cells(180.0, 10)
    closed = reached_from(graph, "car", start, 180.0, close_chains(set(range(len(graph.chains.tails))) - {start.chain}))
    assert len(closed.points) < len(far.points)
    assert closed.cells(180.0, 10) <= far.cells(180.0, 10)
    assert far.area(180.0).contains(near.area(60.0).buffer(-1e-6))


def test_nothing_is_reached_in_no_time(graph: RoadGraph) -> None:
    start = snap(graph, "car", 34.106, 108.606)
    assert start is not None
    assert reached_from(graph, "car", start, -1.0).area(-1.0).is_empty
