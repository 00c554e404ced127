"""Forbidden turns, by a junction and by ways between: two parallel streets joined by two links, drawn below.

11 --W1-- 12 --W2-- 13
           |W5       |W6
21 --W3-- 22 --W4-- 23
"""

from dataclasses import replace
from pathlib import Path

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.graph import build_graph
from fenghuo.geo.roads.routes import Route, route_between
from fenghuo.geo.roads.snapping import snap

from .town import Town, Way

NODES = {
    11: (34.10, 108.600),
    12: (34.10, 108.602),
    13: (34.10, 108.604),
    21: (34.099, 108.600),
    22: (34.099, 108.602),
    23: (34.099, 108.604),
}
STREETS = {1: (11, 12), 2: (12, 13), 3: (21, 22), 4: (22, 23), 5: (12, 22), 6: (13, 23)}


def town(turns: list[tuple[int, int, int, str]] | None = None) -> Town:
    ways = [Way(way, list(nodes), {"highway": "residential", "name": f"W{way}"}) for way, nodes in STREETS.items()]
    return Town(dict(NODES), ways, turns or [])


def driven(made: Town, path: Path, extra: str = "") -> list[str]:
    """From the west end of W1 to the west end of W3: the streets taken."""
    file = made.write(path / "town.osm")
    if extra:
        file.write_text(file.read_text().replace("</osm>", f"{extra}</osm>"))
    graph = build_graph(file, shipped())
    start, to = snap(graph, "car", 34.10, 108.6005), snap(graph, "car", 34.099, 108.6005)
    assert start is not None
    assert to is not None
    route = route_between(graph, "car", start, to)
    assert isinstance(route, Route)
    return [step.name for step in route.steps]


def test_without_a_restriction_the_near_link_is_taken(tmp_path: Path) -> None:
    assert driven(town(), tmp_path) == ["W1", "W5", "W3"]


@pytest.mark.parametrize(
    "turn", [(1, 12, 5, "no_right_turn"), (1, 12, 2, "only_straight_on"), (5, 22, 3, "no_right_turn")]
)
def test_a_forbidden_turn_sends_one_round(turn: tuple[int, int, int, str], tmp_path: Path) -> None:
    assert driven(town([turn]), tmp_path) != ["W1", "W5", "W3"]


def test_a_turn_forbidden_through_a_way_leaves_each_part_allowed(tmp_path: Path) -> None:
    through = (
        '<relation id="9" version="1"><member type="way" ref="1" role="from"/><member type="way" ref="5" role="via"/>'
        '<member type="way" ref="3" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_u_turn"/>'
        "</relation>"
    )
    assert driven(town(), tmp_path, through) != ["W1", "W5", "W3"]
    only_w5 = town()
    only_w5.ways = [replace(way, tags=dict(way.tags)) for way in only_w5.ways if way.id != 1]
    only_w5.ways.append(Way(7, [11, 12], {"highway": "residential", "name": "W7"}))
    assert driven(only_w5, tmp_path, through) == ["W7", "W5", "W3"]


def test_a_restriction_that_does_not_bind_cars_is_not_heeded(tmp_path: Path) -> None:
    free = (
        '<relation id="9" version="1"><member type="way" ref="1" role="from"/><member type="node" ref="12" role="via"/>'
        '<member type="way" ref="5" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_right_turn"/>'
        '<tag k="except" v="motorcar"/></relation>'
    )
    assert driven(town(), tmp_path, free) == ["W1", "W5", "W3"]


def test_a_restriction_that_names_missing_ways_is_counted_and_stops_nothing(tmp_path: Path) -> None:
    graph = build_graph(
        town([(1, 12, 99, "no_left_turn"), (99, 12, 1, "no_left_turn")]).write(tmp_path / "t.osm"), shipped()
    )
    assert graph.about["faults"]["restrictions that fit no roads"] == 6  # each for car, truck and bus
