"""The base map's tiles: made of the extract with its names, swapped in whole, and left alone where that fails."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fenghuo.geo.basemap import features
from fenghuo.geo.roads.tests.town import Way
from fenghuo.kernel.maps import building, tiles

from .bridge import bridge_town

type Build = Callable[..., Any]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    town = bridge_town()
    pond = {11: (34.052, 108.602), 12: (34.052, 108.604), 13: (34.054, 108.604)}
    town.nodes |= pond | {21: (34.055, 108.6), 22: (34.055, 108.6002), 23: (34.0552, 108.6002)}
    town.ways.append(Way(11, [11, 12, 13, 11], {"natural": "water", "name": "涝池"}))
    town.ways.append(Way(12, [21, 22, 23, 21], {"building": "yes"}))
    town.ways.append(Way(13, [1, 999], {"highway": "residential", "name": "断路"}))  # whose other end is missing
    town.ways.append(Way(14, [1, 5], {"highway": "residential", "name": "Main Street", "name:zh": "正街"}))
    return town.write(tmp_path / "town.osm")


@pytest.fixture
def build(settings: Any, tmp_path: Path, db: None) -> Build:
    settings.MAPS = tmp_path / "maps"

    def run(*words: str) -> Any:
        out = StringIO()
        with suppress(SystemExit):
            call_command("map", "build", *words, "--json", stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    return run


def test_features_have_layers_and_chinese_names(extract: Path) -> None:
    found = [json.loads(line) for line in features(extract)]
    names = {(one["tippecanoe"]["layer"], one["properties"].get("name")) for one in found}
    assert {("roads", "中桥"), ("roads", "正街"), ("water", "涝池"), ("buildings", None)} <= names
    assert ("roads", "断路") not in names
    assert {one["tippecanoe"]["layer"] for one in map(json.loads, features(extract, buildings=False))} == {
        "roads",
        "water",
    }


def test_a_build_makes_tiles_that_hold_the_map(build: Build, extract: Path) -> None:
    assert build(str(extract))["tiles"] is True
    made = tiles.tiles_path()
    assert made.read_bytes()[:7] == b"PMTiles"
    decoder = str(Path(sys.executable).parent / "tippecanoe-decode")
    said = subprocess.run([decoder, str(made)], capture_output=True, text=True, check=True).stdout
    assert "中桥" in said
    assert "OpenStreetMap" in said
    assert [path.name for path in made.parent.glob("county*")] == ["county.pmtiles"]


def test_roads_alone_leave_the_tiles_as_they_are(build: Build, extract: Path) -> None:
    assert build(str(extract), "--roads-only")["tiles"] is False
    build(str(extract))
    before = tiles.tiles_path().read_bytes()
    assert build(str(extract), "--roads-only")["tiles"] is True
    assert tiles.tiles_path().read_bytes() == before


@pytest.mark.parametrize("fault", ["no program", "no disk", "bad extract", "no road"])
def test_what_fails_leaves_everything_of_before(
    build: Build, extract: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: str
) -> None:
    build(str(extract))
    before = tiles.tiles_path().read_bytes(), sorted(path.name for path in tiles.tiles_path().parent.iterdir())
    other = extract
    match fault:
        case "no program":
            monkeypatch.setattr("shutil.which", lambda *_args, **_words: None)
        case "no disk":

            def full(*_args: Any) -> None:
                raise OSError(28, "No space left on device")

            monkeypatch.setattr(building, "build_roads", full)
        case "bad extract":
            other = tmp_path / "bad.osm.pbf"
            other.write_bytes(b"no extract")
        case _:
            other = tmp_path / "empty.osm"
            other.write_text('<osm version="0.6"><node id="1" version="1" lat="34" lon="108"/></osm>')
    refused = build(str(other))
    assert refused["status"] == 422
    assert (
        tiles.tiles_path().read_bytes(),
        sorted(path.name for path in tiles.tiles_path().parent.iterdir()),
    ) == before
