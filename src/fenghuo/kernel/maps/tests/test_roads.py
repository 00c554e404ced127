"""The county's roads as the house uses them: built by command, taken into use at once, damaged ones never used."""

import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fenghuo.geo.roads.tests.town import random_town
from fenghuo.kernel.maps import roads
from fenghuo.kernel.maps.travel import travel_times

INSIDE = (34.1041, 108.6041), (34.1062, 108.6021)

type Said = Callable[..., Any]


@pytest.fixture
def said(settings: Any, tmp_path: Path, db: None) -> Said:
    settings.MAPS = tmp_path / "maps"
    settings.OWN_ROAD_SPEEDS = tmp_path / "road_speeds.csv"

    def run(*words: str) -> Any:
        out = StringIO()
        with suppress(SystemExit):  # when refused, which the answer says
            call_command(*words, stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    return run


@pytest.fixture
def extract(tmp_path: Path) -> str:
    return str(random_town(5).write(tmp_path / "town.osm"))


def test_without_roads_times_are_estimates_and_called_so(said: Said) -> None:
    assert said("map", "info", "--json") == {"loaded": False, "flaw": "", "tiles": False}
    (time,) = travel_times([INSIDE[0]], INSIDE[1])
    assert time.estimate
    found = said("route", "--from", "34.1041,108.6041", "--to", "34.1062,108.6021", "--json")
    assert found["estimate"]


def test_built_roads_are_used_at_once_by_everything(said: Said, extract: str) -> None:
    built = said("map", "build", extract, "--json")
    assert built["loaded"]
    assert said("map", "info", "--json") == built
    assert built["junctions"] > 20
    found = said("route", "--from", "34.1041,108.6041", "--to", "34.1062,108.6021", "--json")
    assert not found["estimate"]
    assert sum(step["metres"] for step in found["steps"]) == pytest.approx(found["metres"], abs=1)
    car, outside = travel_times([INSIDE[0], (35.0, 109.0)], INSIDE[1], mode="car")
    assert not car.estimate
    assert car.seconds == pytest.approx(found["seconds"] + 60, abs=1)
    assert outside.estimate  # nothing is known of the roads there


def test_a_closure_over_everything_leaves_no_route_and_says_so(said: Said, extract: str, tmp_path: Path) -> None:
    said("map", "build", extract, "--json")
    (tmp_path / "flood.geojson").write_text(
        json.dumps({"type": "Polygon", "coordinates": [[[108, 34], [109, 34], [109, 35], [108, 35], [108, 34]]]})
    )
    words = ("route", "--from", "34.1041,108.6041", "--to", "34.1062,108.6021", "--json")
    found = said(*words, "--closed", str(tmp_path / "flood.geojson"))
    assert found["status"] == 409


def test_an_extract_of_no_use_leaves_the_roads_of_before(said: Said, extract: str, tmp_path: Path) -> None:
    built = said("map", "build", extract, "--json")
    (tmp_path / "bad.osm.pbf").write_bytes(b"no extract")
    refused = said("map", "build", str(tmp_path / "bad.osm.pbf"), "--json")
    assert refused["status"] == 422
    assert said("map", "info", "--json") == built
    assert len(list((tmp_path / "maps").glob("roads-*"))) == 1


def test_a_damaged_graph_is_not_used_and_named(said: Said, extract: str, tmp_path: Path) -> None:
    said("map", "build", extract, "--json")
    (folder,) = (tmp_path / "maps").glob("roads-*")
    (folder / "chains-metres.npy").write_bytes(b"")
    roads._loaded = "", None
    assert "roads-" in said("map", "info", "--json")["flaw"]
    (time,) = travel_times([INSIDE[0]], INSIDE[1])
    assert time.estimate


def test_a_countys_own_speeds_hold(said: Said, extract: str, settings: Any) -> None:
    said("map", "build", extract, "--json")
    (before,) = travel_times([INSIDE[0]], INSIDE[1])
    settings.OWN_ROAD_SPEEDS.write_text(
        "class,car,truck,bus,foot,source,note\nresidential,5,5,5,5,,\nprimary,5,5,5,5,,\ntrack,5,5,5,5,,\n"
    )
    said("map", "build", extract, "--json")
    (after,) = travel_times([INSIDE[0]], INSIDE[1])
    assert before.seconds is not None
    assert after.seconds is not None
    assert after.seconds > 2 * before.seconds
