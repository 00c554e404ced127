"""Times from many to many are those that each pair has by itself, whichever side is searched from."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.closures import Closures, close_chains
from fenghuo.geo.roads.graph import RoadGraph, build_graph
from fenghuo.geo.roads.snapping import snap_all
from fenghuo.geo.roads.tests.town import random_town
from fenghuo.kernel.maps.closures import NONE
from fenghuo.kernel.maps.covering.times import along_roads, metres_apart, times_between
from fenghuo.kernel.maps.travel import travel_times

type Places = list[tuple[float, float]]


def places(number: int, dice: Random) -> Places:
    return [(34.1 + dice.uniform(0, 0.008), 108.6 + dice.uniform(0, 0.008)) for _one in range(number)]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> RoadGraph:
    return build_graph(random_town(7).write(tmp_path_factory.mktemp("town") / "town.osm"), shipped())


@pytest.mark.parametrize("mode", ["truck", "foot"])
@pytest.mark.parametrize("closed", [0, 6])
def test_a_search_from_each_origin_finds_what_one_from_each_goal_finds(
    graph: RoadGraph, mode: str, closed: int
) -> None:
    dice = Random(closed)
    closures = close_chains(dice.sample(range(len(graph.chains.tails)), closed)) if closed else Closures()
    few, many = snap_all(graph, mode, places(6, dice)), snap_all(graph, mode, places(25, dice))
    forward = along_roads(graph, mode, few, many, closures)
    columns = [along_roads(graph, mode, few, snap_all(graph, mode, [at]), closures) for at in _given(many)]
    assert forward.shape == (6, 25)
    assert np.isinf(forward).any() == np.isinf(np.hstack(columns)).any()
    # Snapped anew from its place on the road, a stand lies there with no way to walk.
    np.testing.assert_allclose(forward - many.walk, np.hstack(columns), atol=0.1)


def _given(stands: Any) -> Places:
    return [(latitude, longitude) for latitude, longitude in stands.positions.tolist()]


def test_times_are_those_of_the_incident_page(settings: Any, tmp_path: Path) -> None:
    settings.MAPS = tmp_path / "maps"
    call_command("map", "build", str(random_town(3).write(tmp_path / "town.osm")), "--roads-only", "--json")
    dice = Random(1)
    few, many = [*places(4, dice), (35.0, 109.0)], [*places(9, dice), (35.1, 109.0)]
    for origins, goals in ((few, many), (many, few)):
        found = times_between(origins, goals, "truck", NONE)
        for column, goal in enumerate(goals):
            alone = travel_times(origins, goal, "truck", NONE)
            seconds = [np.inf if one.seconds is None else one.seconds for one in alone]
            np.testing.assert_allclose(found.seconds[:, column], seconds, atol=0.1)
            assert found.estimate[:, column].tolist() == [one.estimate for one in alone]


def test_without_roads_all_times_are_estimates(settings: Any, tmp_path: Path) -> None:
    settings.MAPS = tmp_path / "none"
    found = times_between([(34.1, 108.6)], [(34.1, 108.6), (34.2, 108.6)], "truck", NONE)
    assert found.estimate.all()
    assert found.seconds[0, 0] == 60.0
    assert found.seconds[0, 1] > 1000.0
    with pytest.raises(ValueError, match="read-only"):
        found.seconds[0, 0] = 1.0


def test_metres_are_in_a_straight_line() -> None:
    found = metres_apart([(34.0, 108.6)], [(34.01, 108.6), (34.0, 108.6)])
    np.testing.assert_allclose(found, [[1112.0, 0.0]], rtol=0.01)  # a hundredth of 111.2 km, the degree of latitude
    assert metres_apart([], [(34.0, 108.6)]).shape == (0, 1)
