"""What is read out over the radio: where one goes, onto which road, for how long; what is said adds up.

           5
           | 北街
1 --人民路-- 2 --人民路-- 3 ==渡== 4 --滩区路-- 6
           | 人民路 (a branch of the same name)
           7
"""

from pathlib import Path

import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.directions import directions
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.routes import Route, route_between
from fenghuo.geo.roads.snapping import snap

from .town import Town, Way, random_town

NODES = {
    1: (34.10, 108.600),
    2: (34.10, 108.605),
    3: (34.10, 108.610),
    4: (34.10, 108.615),
    5: (34.105, 108.605),
    6: (34.10, 108.620),
    7: (34.095, 108.605),
    8: (34.10, 108.6101),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> RoadGraph:
    street = {"highway": "primary", "name": "人民路"}
    ways = [
        Way(1, [1, 2], street),
        Way(2, [2, 3], street),
        Way(3, [2, 5], {"highway": "residential", "name": "北街"}),
        Way(4, [2, 7], street),
        Way(5, [3, 8], {"highway": "service"}),  # 9 m down to the water, of no name
        Way(6, [8, 4], {"route": "ferry", "name": "渭河渡", "duration": "00:10"}),
        Way(7, [4, 6], {"highway": "unclassified", "name": "滩区路"}),
    ]
    return build_graph(Town(dict(NODES), ways).write(tmp_path_factory.mktemp("town") / "town.osm"), shipped())


def route(graph: RoadGraph, one: tuple[float, float], other: tuple[float, float], mode: str = "car") -> Route:
    start, to = snap(graph, mode, *one), snap(graph, mode, *other)
    assert start is not None
    assert to is not None
    found = route_between(graph, mode, start, to)
    assert found is not None
    return found


def test_a_turn_leads_onto_a_road_and_the_last_step_arrives(graph: RoadGraph) -> None:
    found = route(graph, (34.10, 108.601), (34.104, 108.605))
    assert directions(found) == ["从人民路出发，向东行驶370米", "左转进入北街，行驶440米，到达目的地"]
    assert directions(found, "en") == [
        "Start east on 人民路 for 370 m",
        "Turn left onto 北街 for 440 m, to the destination",
    ]


def test_a_turn_into_a_branch_of_the_same_name_is_said(graph: RoadGraph) -> None:
    found = route(graph, (34.10, 108.601), (34.096, 108.605))
    assert directions(found)[1] == "右转，继续沿人民路行驶440米，到达目的地"
    assert directions(found, "en")[1].startswith("Turn right and stay on 人民路")


def test_a_ferry_is_taken_and_left_and_takes_the_time_that_it_says(graph: RoadGraph) -> None:
    found = route(graph, (34.10, 108.606), (34.10, 108.619))
    assert directions(found) == [
        "从人民路出发，向东行驶380米",  # the nameless metres down to the water are part of it
        "乘渡船（渭河渡），450米",
        "下船后进入滩区路，行驶370米，到达目的地",
    ]
    assert found.steps[1].seconds == pytest.approx(600, abs=0.1)


def test_on_foot_one_walks(graph: RoadGraph) -> None:
    assert directions(route(graph, (34.10, 108.601), (34.10, 108.602), "foot"), mode="foot") == [
        "从人民路出发，向东步行90米，到达目的地"
    ]


def test_at_a_dead_end_one_need_not_go_and_turn(graph: RoadGraph) -> None:
    found = route(graph, (34.10, 108.600), (34.10, 108.603))
    assert directions(found) == ["从人民路出发，向东行驶280米，到达目的地"]


@pytest.mark.parametrize("seed", range(6))
def test_steps_add_up_to_the_way(seed: int, tmp_path: Path) -> None:
    graph = build_graph(random_town(seed).write(tmp_path / "town.osm"), shipped())
    corners = [(34.1 + a * 0.002, 108.6 + b * 0.002) for a in range(0, 5, 2) for b in range(0, 5, 2)]
    found = 0
    for one in corners:
        for other in corners:
            start, to = snap(graph, "car", *one), snap(graph, "car", *other)
            made = route_between(graph, "car", start, to) if start and to and start != to else None
            if made is None or start is None or to is None:
                continue
            found += 1
            assert sum(step.metres for step in made.steps) == pytest.approx(made.metres)
            assert sum(step.seconds for step in made.steps) == pytest.approx(
                made.seconds - start.walk - to.walk, abs=0.2
            )
            assert len(directions(made)) == len(directions(made, "en")) == len(made.steps)
    assert found > 10
