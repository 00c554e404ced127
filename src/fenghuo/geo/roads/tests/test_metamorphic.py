"""What holds of any map: a road more makes nobody slower, one less nobody faster, one-way streets go one way."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import close_chains
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.matrix import seconds_between
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.snapping import Stands, snap_all

from .town import Town, Way, random_town


def built(town: Town, path: Path) -> RoadGraph:
    return build_graph(town.write(path / "town.osm"), shipped())


def on_streets(town: Town, dice: Random, count: int = 12) -> list[tuple[float, float]]:
    """Middles of segments, on which one stands whichever other roads there are."""
    found = []
    for _one in range(count):
        way = dice.choice(town.ways[: len(town.ways) // 2])
        place = dice.randrange(len(way.nodes) - 1)
        one, other = (town.nodes[node] for node in way.nodes[place : place + 2])
        found.append(((one[0] + other[0]) / 2, (one[1] + other[1]) / 2))
    return found


def matrix(graph: RoadGraph, places: list[tuple[float, float]]) -> tuple[np.ndarray, Stands]:
    stands = snap_all(graph, "car", places)
    return seconds_between(graph, "car", stands, stands), stands


@pytest.mark.parametrize("seed", range(8))
def test_a_road_more_makes_nobody_slower(seed: int, tmp_path: Path) -> None:
    dice, town = Random(seed), random_town(seed)
    town.turns, town.barriers = [], set()  # at a dead end one may turn: a road more there takes that away
    places = on_streets(town, dice)
    before, _stands = matrix(built(town, tmp_path), places)
    bridge = {1: (34.08, 108.58), 2: (34.08, 108.63)}  # beside the town, so that nobody stands on it
    town.nodes |= {7000 + place: at for place, at in bridge.items()}
    corners = [node for way in town.ways for node in (way.nodes[0], way.nodes[-1]) if _forks(town, node) >= 3]
    one, other = dice.sample(sorted(set(corners)), 2)
    town.ways.append(Way(9000, [one, 7001, 7002, other], {"highway": "primary", "maxspeed": "999"}))
    town.ways.append(Way(9001, [one, other], {"highway": "primary"}))
    after, _stands = matrix(built(town, tmp_path), places)
    known = np.isfinite(before)
    assert known.sum() > 50
    assert (after[known] <= before[known] + 0.1).all()


def _forks(town: Town, node: int) -> int:
    return sum((node in way.nodes) + (node in way.nodes[1:-1]) for way in town.ways)


@pytest.mark.parametrize("seed", range(8))
def test_many_to_many_is_one_to_one_for_each_and_a_closure_makes_none_faster(seed: int, tmp_path: Path) -> None:
    dice, town = Random(seed), random_town(seed)
    graph = built(town, tmp_path)
    whole, stands = matrix(graph, on_streets(town, dice))
    to = stands[3]
    assert to is not None
    assert np.array_equal(whole[:, 3], seconds_to_one(graph, "car", stands, to))
    closed = close_chains(dice.sample(range(len(graph.chains.tails)), 3))
    assert (seconds_between(graph, "car", stands, stands, closed) >= whole - 1e-9).all()


def test_a_one_way_street_is_another_way_there_than_back(tmp_path: Path) -> None:
    town = random_town(5)
    found, _stands = matrix(built(town, tmp_path), on_streets(town, Random(5), 20))
    both = np.isfinite(found) & np.isfinite(found.T)
    assert (np.abs(found[both] - found.T[both]) > 1.0).any()
    for way in town.ways:
        way.tags.pop("oneway", None)
    town.turns, town.barriers = [], set()
    same, _stands = matrix(built(town, tmp_path), on_streets(town, Random(5), 20))
    assert same == pytest.approx(same.T, abs=1e-6)


def test_a_pair_of_one_way_streets_goes_round(tmp_path: Path) -> None:
    nodes = {1: (34.1, 108.60), 2: (34.1, 108.61), 3: (34.101, 108.60), 4: (34.101, 108.61)}
    street = {"highway": "residential", "oneway": "yes"}
    ways = [Way(1, [1, 2], street), Way(2, [2, 4], street), Way(3, [4, 3], street), Way(4, [3, 1], street)]
    graph = built(Town(nodes, ways), tmp_path)
    found, _stands = matrix(graph, [(34.1, 108.602), (34.1, 108.608)])
    ring = graph.chains.metres.sum() / (25 / 3.6)
    assert found[0, 1] + found[1, 0] == pytest.approx(ring, abs=0.1)
    assert found[0, 1] < found[1, 0] / 2
