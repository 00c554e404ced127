"""Buses, ferries, and signs that hold at times only: who may drive where, and what is said of what is not read."""

from math import inf
from pathlib import Path

import pytest

from fenghuo.geo.roads.access import MODES, seconds_said, shipped, speeds_of
from fenghuo.geo.roads.graph import build_graph

from .town import Town, Way

NODES = {1: (34.1, 108.60), 2: (34.1, 108.61)}


def kmh(mode: str, way: int = 0, **tags: str) -> float:
    return (
        speeds_of({key.replace("__", ":"): said for key, said in tags.items()}, shipped())[way][MODES.index(mode)] * 3.6
    )


def test_a_bus_may_where_cars_may_not() -> None:
    assert kmh("car", highway="residential", motor_vehicle="no", bus="yes") == 0
    assert kmh("bus", highway="residential", motor_vehicle="no", bus="yes") == pytest.approx(20)
    assert kmh("car", highway="busway") == 0
    assert kmh("bus", highway="busway") == pytest.approx(35)
    assert kmh("bus", 1, highway="primary", oneway="yes", oneway__bus="no") == pytest.approx(45)
    assert kmh("car", 1, highway="primary", oneway="yes", oneway__bus="no") == 0
    assert kmh("bus", highway="residential", bus="no") == 0


def test_a_ferry_takes_whom_its_signs_let_on() -> None:
    assert kmh("car", route="ferry") == pytest.approx(8)
    assert kmh("car", route="ferry", motor_vehicle="no") == 0
    assert kmh("foot", route="ferry", motor_vehicle="no") == pytest.approx(8)
    assert kmh("truck", route="ferry", maxweight="5") == 0


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("15", 900),
        ("00:15", 900),
        ("1:30:00", 5400),
        ("PT1H30M", 5400),
        ("PT20M", 1200),
        ("a while", 0),
        ("", 0),
        ("PT", 0),
    ],
)
def test_how_long_a_crossing_lasts(said: str, seconds: float) -> None:
    assert seconds_said(said) == seconds


def test_limits_that_hold_at_times_are_counted_not_read(tmp_path: Path) -> None:
    tags = {"highway": "residential", "maxspeed:conditional": "20 @ (22:00-06:00)", "access:conditional": "no @ (Sa)"}
    graph = build_graph(Town(dict(NODES), [Way(1, [1, 2], tags)]).write(tmp_path / "town.osm"), shipped())
    assert graph.about["faults"] == {"ways with limits that hold at times, which are not read": 1}
    assert (graph.seconds("car") < inf).all()


def test_a_turn_that_is_forbidden_at_times_is_taken_as_forbidden(tmp_path: Path) -> None:
    from fenghuo.geo.roads.restrictions import read_restriction

    members = [("w", 1, "from"), ("n", 2, "via"), ("w", 3, "to")]
    read = read_restriction({"restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"}, members)
    assert not isinstance(read, str)
    assert (read[0].only, read[0].modes) == (False, frozenset({0, 1, 2}))
