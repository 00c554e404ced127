"""Once a process has made its roads ready, no question waits for a compiler; roads that cannot be used stop nothing."""

import logging
from pathlib import Path
from typing import Any

import pytest
import shapely

from fenghuo.geo.roads import compiled
from fenghuo.geo.roads.closures import Closures, close_within
from fenghuo.geo.roads.isochrones import reached_from
from fenghuo.kernel.maps import warming
from fenghuo.kernel.maps.reaching import reached
from fenghuo.kernel.maps.roads import current_graph
from fenghuo.kernel.maps.stands import stand_of
from fenghuo.kernel.maps.travel import travel_times

from .bridge import BRIDGE, EAST, WEST, build_bridge_town


def kinds() -> dict[str, int]:
    """For how many kinds of arguments each is compiled."""
    return {name: len(getattr(compiled, name).signatures) for name in compiled.HOMES}


def test_what_is_asked_after_the_start_is_compiled_already(settings: Any, tmp_path: Path) -> None:
    build_bridge_town(settings, tmp_path)
    warming.warm_up().join(300)
    before = kinds()
    graph = current_graph()
    assert graph is not None
    assert before["search"] > 0
    closed = close_within(graph, shapely.geometry.shape(BRIDGE))
    slower = close_within(graph, shapely.geometry.shape(BRIDGE), 3.0)
    for mode in ("truck", "foot"):
        start = stand_of(graph, mode, WEST)
        assert start is not None
        for laid in (Closures(), closed, slower):
            assert len(travel_times([WEST, EAST, (34.06, 108.6)], EAST, mode, laid)) == 3
            assert reached(WEST, [5, 10], mode, laid)
            assert len(reached_from(graph, mode, start, 600).points)  # a whole number is a number as well
    assert kinds() == before


def test_roads_that_cannot_be_made_ready_are_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(warming, "current_graph", broken)
    with caplog.at_level(logging.ERROR):
        warming.warm_up().join(60)
    assert "the roads could not be made ready" in caplog.text
