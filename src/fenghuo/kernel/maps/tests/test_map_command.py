"""`fenghuo map` and `fenghuo route` as scripts call them: what they print, and with what they end."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fenghuo.geo.roads.tests.town import Town, Way, random_town
from fenghuo.kernel.maps.travel import travel_times

from .bridge import BRIDGE, bridge_town

WAY = ("route", "--from", "34.05,108.599", "--to", "34.05,108.611", "--json")


type Said = Callable[..., Any]


@pytest.fixture
def said(settings: Any, tmp_path: Path, db: None) -> Said:
    """Runs a command; what it prints as JSON, or as text where it says no JSON."""
    settings.MAPS, settings.OWN_ROAD_SPEEDS = tmp_path / "maps", tmp_path / "none.csv"

    def run(*words: str) -> Any:
        out = StringIO()
        with suppress(SystemExit):  # when refused, which the answer says
            call_command(*words, stdout=out, stderr=StringIO())
        assert "Infinity" not in out.getvalue()
        return json.loads(out.getvalue()) if out.getvalue().startswith("{") else out.getvalue()

    return run


@pytest.fixture
def town(said: Said, tmp_path: Path) -> Path:
    town = bridge_town()
    town.nodes |= {31: (34.06, 108.63), 32: (34.06, 108.631)}
    town.ways.append(Way(31, [31, 32], {"highway": "residential", "name": "江心洲路"}))  # an island
    path = town.write(tmp_path / "town.osm")
    said("map", "build", str(path), "--roads-only", "--json")
    return path


def test_from_outside(tmp_path: Path, town: Path) -> None:
    """As a script calls it: what is printed, and with what it ends."""

    def run(*words: str, code: int) -> str:
        given = os.environ | {"FENGHUO_DATA": str(tmp_path / "data")}
        call = [sys.executable, "-m", "fenghuo.config.cli", *words]
        done = subprocess.run(call, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr[-2000:]
        return done.stdout if code < 2 else done.stderr

    run("map", "build", str(town), "--roads-only", code=0)
    assert json.loads(run(*WAY, code=0))["estimate"] is False
    nowhere = run("route", "--from", "34.06,108.6305", "--to", "34.05,108.611", "--json", code=1)
    assert json.loads(nowhere)["status"] == 409
    assert "LAT,LON" in run("route", "--from", "x", "--to", "34.05,108.611", code=2)


def test_info_counts_what_is_loaded(said: Said, town: Path) -> None:
    info = said("map", "info", "--json")
    assert (info["nodes"], info["ways"], info["junctions"], info["arcs"]) == (8, 7, 6, 10)  # five chains, two ways each
    assert info["arcs_by_mode"] == dict.fromkeys(("car", "truck", "bus", "foot"), 10)
    assert info["bounds"] == pytest.approx([34.05, 108.595, 34.07, 108.631])
    assert info["date"][:2] == "20"
    assert "junctions" in said("map", "info")


def test_a_route_has_metres_seconds_steps_and_geometry(said: Said, town: Path) -> None:
    found = said(*WAY)
    assert found["estimate"] is False
    assert found["metres"] == pytest.approx(1106, abs=3)
    assert found["seconds"] == pytest.approx(1106 / (55 / 3.6), abs=0.5)
    assert [step["name"] for step in found["steps"]] == ["西街", "中桥", "东街"]
    assert found["geometry"]["type"] == "LineString"
    assert found["geometry"]["coordinates"][0] == pytest.approx([108.599, 34.05])
    assert said(*WAY, "--mode", "foot")["seconds"] > 5 * found["seconds"]
    assert "西街" in said(*WAY[:-1])


def test_what_is_closed_slowed_or_flooded_is_heeded(said: Said, town: Path, tmp_path: Path) -> None:
    def with_properties(**properties: Any) -> Any:
        path = tmp_path / "drawn.geojson"
        path.write_text(json.dumps({"type": "Feature", "geometry": BRIDGE, "properties": properties}))
        return said(*WAY, "--closed", str(path))

    free = said(*WAY)
    closed, slower, wet = with_properties(), with_properties(factor=2), with_properties(depth=0.05)
    assert "北桥" in [step["name"] for step in closed["steps"]]
    bridge = free["steps"][1]["seconds"]
    assert slower["seconds"] == pytest.approx(free["seconds"] + bridge, abs=0.2)
    assert wet["seconds"] == pytest.approx(free["seconds"] + 0.4 * bridge, abs=0.2)


def test_an_island_is_said_to_be_out_of_reach(said: Said, town: Path) -> None:
    found = said("route", "--from", "34.06,108.6305", "--to", "34.05,108.611", "--json")
    assert found["status"] == 409
    assert found["detail"]
    (team,) = travel_times([(34.06, 108.6305)], (34.05, 108.611))
    assert (team.seconds, team.estimate) == (None, False)


def test_wrong_use_is_named(said: Said, town: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.geojson").write_text(
        json.dumps({"type": "Feature", "geometry": BRIDGE, "properties": {"factor": 0}})
    )
    with pytest.raises(CommandError, match="feature 1: factor 0"):
        said(*WAY, "--closed", str(tmp_path / "bad.geojson"))
    with pytest.raises(CommandError, match="nothing"):
        said(*WAY, "--closed", str(tmp_path / "nothing.geojson"))


def test_the_south_has_routes_too(said: Said, tmp_path: Path) -> None:
    south = random_town(5)
    south.nodes = {node: (-latitude, longitude) for node, (latitude, longitude) in south.nodes.items()}
    said("map", "build", str(south.write(tmp_path / "south.osm")), "--roads-only", "--json")
    found = said("route", "--from", "-34.1041,108.6041", "--to", "-34.1062,108.6021", "--json")
    assert found["estimate"] is False
    assert found["metres"] > 200


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file may have more bytes than this, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("words", [("--roads-only",), ()])
def test_a_full_disk_is_named_and_leaves_everything_of_before(
    said: Said, tmp_path: Path, words: tuple[str, ...]
) -> None:
    def there() -> tuple[Any, list[str]]:
        return said("map", "info", "--json"), sorted(path.name for path in (tmp_path / "maps").iterdir())

    said("map", "build", str(bridge_town().write(tmp_path / "town.osm")), "--json")
    before = there()
    large = random_town(1, size=30).write(tmp_path / "large.osm")
    with full_disk(60_000):
        refused = said("map", "build", str(large), "--json", *words)
    assert refused["status"] == 422
    assert "stays in force" in refused["detail"]
    assert "disk is full" in refused["detail"] or not words  # of tiles their maker says what it can
    assert there() == before


def test_what_a_killed_build_left_goes_after_a_day(said: Said, tmp_path: Path, town: Path) -> None:
    for name, age in (("roads-20200101000000000000", 25 * 3600), ("roads-20200102000000000000", 60)):
        (tmp_path / "maps" / name).mkdir()
        os.utime(tmp_path / "maps" / name, (time.time() - age,) * 2)
    said("map", "build", str(town), "--roads-only", "--json")
    left = {path.name for path in (tmp_path / "maps").glob("roads-2020*")}
    assert left == {"roads-20200102000000000000"}  # whose build may still be running


def test_a_place_off_the_map_is_an_estimate(said: Said, town: Path) -> None:
    assert said("route", "--from", "34.05,108.599", "--to", "34.2,108.9", "--json")["estimate"] is True


def test_one_street_without_a_junction_or_a_name_is_no_error(said: Said, tmp_path: Path) -> None:
    street = Town({1: (34.1, 108.6), 2: (34.1, 108.61)}, [Way(1, [1, 2], {"highway": "service"})])
    said("map", "build", str(street.write(tmp_path / "one.osm")), "--roads-only", "--json")
    found = said("route", "--from", "34.1,108.601", "--to", "34.1,108.602", "--json")
    assert found["metres"] == pytest.approx(92, abs=1)


def test_a_countys_speeds_that_cannot_be_read_are_named(said: Said, town: Path, settings: Any) -> None:
    settings.OWN_ROAD_SPEEDS.write_text("class,car,truck,bus,foot\nprimary,quick,5,5,5\n")
    refused = said("map", "build", str(town), "--roads-only", "--json")
    assert refused["status"] == 422
    assert "none.csv" in refused["detail"]
    assert "quick" in refused["detail"]
    assert said("map", "info", "--json")["loaded"] is True
