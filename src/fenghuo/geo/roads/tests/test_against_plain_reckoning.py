"""Times over the contracted graph are those of the plain reckoning over the ways as they are written."""

from math import inf
from pathlib import Path
from random import Random

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import close_chains
from fenghuo.geo.roads.graph import RoadGraph, build_graph, load_graph, save_graph
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import Stand, Stands, snap, snap_all

from .town import Segment, Town, random_town


def middle(town: Town, segment: Segment) -> tuple[float, float]:
    one, other = town.nodes[segment[1]], town.nodes[segment[2]]
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def placed(town: Town, graph: RoadGraph, dice: Random) -> tuple[list[tuple[Segment, Stand]], Stands]:
    segments = []
    for _one in range(14):
        way = dice.choice(town.ways)
        place = dice.randrange(len(way.nodes) - 1)
        segments.append((way.id, way.nodes[place], way.nodes[place + 1]))
    together = snap_all(graph, "car", [middle(town, segment) for segment in segments])
    assert (together.off < 0.5).all()
    alone = [snap(graph, "car", *middle(town, segment)) for segment in segments]
    assert alone == [together[place] for place in range(14)]
    return [(segment, stand) for segment, stand in zip(segments, alone, strict=True) if stand], together


@pytest.mark.parametrize("seed", range(25))
def test_every_pair(seed: int, tmp_path: Path) -> None:
    town = random_town(seed)
    graph = build_graph(town.write(tmp_path / "town.osm"), shipped())
    save_graph(graph, tmp_path / "roads")
    graph = load_graph(tmp_path / "roads")
    stands, teams = placed(town, graph, Random(seed))
    reached = 0
    for segment, to in stands:
        times = seconds_to_one(graph, "car", teams, to)
        for (begin, start), time in zip(stands, times, strict=True):
            wanted = town.seconds(begin, segment)
            if begin[0] == segment[0] and {begin[1], begin[2]} == {segment[1], segment[2]}:
                continue
            assert time - start.walk - to.walk == pytest.approx(wanted, abs=0.1) or time == wanted == inf
            route = route_between(graph, "car", start, to)
            assert (route is None) == (wanted == inf)
            if route is not None:
                reached += 1
                assert route.seconds == pytest.approx(float(time), abs=1e-6)
                assert sum(step.seconds for step in route.steps) == pytest.approx(route.seconds - start.walk - to.walk)
    assert reached > 30


@pytest.mark.parametrize("seed", range(8))
def test_closing_a_road_makes_nothing_faster_and_closing_all_leaves_no_way(seed: int, tmp_path: Path) -> None:
    town = random_town(seed)
    graph = build_graph(town.write(tmp_path / "town.osm"), shipped())
    stands, teams = placed(town, graph, Random(seed))
    dice = Random(seed)
    for _segment, to in stands[:5]:
        before = seconds_to_one(graph, "car", teams, to)
        closed = seconds_to_one(graph, "car", teams, to, close_chains([dice.randrange(len(graph.chains.tails))]))
        slowed = seconds_to_one(graph, "car", teams, to, close_chains(range(len(graph.chains.tails)), 2.0))
        nothing = seconds_to_one(graph, "car", teams, to, close_chains(range(len(graph.chains.tails))))
        assert (closed >= before - 1e-9).all()
        assert slowed - teams.walk - to.walk == pytest.approx(2 * (before - teams.walk - to.walk))
        assert (nothing == inf).all()
