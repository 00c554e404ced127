"""Extracts and graph files of no use are refused with a sentence; what can be left out is left out, and counted."""

import json
import subprocess
import sys
from math import isinf
from pathlib import Path

import numpy as np
import osmium
import pytest

from fenghuo.geo.roads.access import shipped
from fenghuo.geo.roads.extract import Unreadable
from fenghuo.geo.roads.graph import FORMAT, Unusable, build_graph, load_graph, save_graph
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.snapping import snap, snap_all

from .town import Town, Way, random_town

HOUSE = {"building": "yes"}


@pytest.mark.parametrize("keep", [0, 40, 400])
def test_an_extract_cut_in_the_middle_is_refused(keep: int, tmp_path: Path) -> None:
    whole = random_town(1).write(tmp_path / "town.osm").read_bytes()
    (tmp_path / "cut.osm").write_bytes(whole[:keep])
    with pytest.raises(Unreadable, match=r"cut\.osm"):
        build_graph(tmp_path / "cut.osm", shipped())


@pytest.mark.parametrize("form", ["osm.gz", "osm.bz2", "osm.pbf"])
def test_whatever_the_form_a_cut_extract_is_refused_and_a_whole_one_read(form: str, tmp_path: Path) -> None:
    plain = random_town(1, size=12).write(tmp_path / "town.osm")
    with osmium.SimpleWriter(str(tmp_path / f"town.{form}")) as writer:
        for one in osmium.FileProcessor(plain):
            writer.add(one)
    whole = (tmp_path / f"town.{form}").read_bytes()
    graph = build_graph(tmp_path / f"town.{form}", shipped())
    assert graph.about["junctions"] == build_graph(plain, shipped()).about["junctions"]
    for share in (0.3, 0.6, 0.9):
        (tmp_path / f"cut.{form}").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(Unreadable, match="cut"):
            build_graph(tmp_path / f"cut.{form}", shipped())


def test_the_reader_of_extracts_is_imported_by_a_build_only() -> None:
    asked = "import sys, fenghuo.geo.roads.graph, fenghuo.geo.roads.routes, fenghuo.geo.roads.matrix"
    done = subprocess.run(
        [sys.executable, "-c", f"{asked}; print('osmium' in sys.modules)"], capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"


def test_an_extract_that_is_none_or_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.pbf").write_bytes(b"\x89PNG\r\n" * 100)
    with pytest.raises(Unreadable):
        build_graph(tmp_path / "photo.pbf", shipped())
    with pytest.raises((Unreadable, OSError)):
        build_graph(tmp_path / "nowhere.osm", shipped())


def test_an_extract_without_roads_is_refused(tmp_path: Path) -> None:
    town = Town({1: (34.1, 108.6), 2: (34.2, 108.6)}, [Way(1, [1, 2], HOUSE)])
    with pytest.raises(Unreadable, match="no road"):
        build_graph(town.write(tmp_path / "town.osm"), shipped())


def test_nodes_without_a_position_cut_the_way_and_are_counted(tmp_path: Path) -> None:
    town = Town(
        {n: (34.1, 108.6 + n / 1000) for n in (1, 2, 4, 5)}, [Way(1, [1, 2, 3, 4, 5], {"highway": "residential"})]
    )
    graph = build_graph(town.write(tmp_path / "town.osm"), shipped())
    assert graph.about["faults"] == {"nodes without a position": 1}
    assert len(graph.chains.tails) == 2


def test_who_stands_on_an_island_comes_nowhere_and_is_said_so(tmp_path: Path) -> None:
    town = random_town(2)
    town.nodes |= {5001: (34.3, 108.9), 5002: (34.301, 108.9)}
    town.ways.append(Way(900, [5001, 5002], {"highway": "residential"}))
    graph = build_graph(town.write(tmp_path / "town.osm"), shipped())
    to = snap(graph, "car", 34.104, 108.604)
    assert to is not None
    times = seconds_to_one(
        graph, "car", snap_all(graph, "car", [(34.3005, 108.9), (34.1041, 108.6041), (0.0, 0.0)]), to
    )
    assert [isinf(time) for time in times] == [True, False, True]


def test_the_southern_hemisphere_is_no_different(tmp_path: Path) -> None:
    town = random_town(4)
    south = Town({n: (-a, b) for n, (a, b) in town.nodes.items()}, town.ways, [], set())
    town.turns, town.barriers = [], set()
    one, other = (build_graph(made.write(tmp_path / f"{n}.osm"), shipped()) for n, made in enumerate((town, south)))
    assert np.sort(one.chains.metres) == pytest.approx(np.sort(other.chains.metres), abs=1e-6)


def test_a_graph_that_is_damaged_newer_or_half_written_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "roads"
    save_graph(build_graph(random_town(1).write(tmp_path / "town.osm"), shipped()), folder)
    load_graph(folder)
    whole = (folder / "chains-metres.npy").read_bytes()
    for damage in (whole[:-8], b"nonsense", b""):
        (folder / "chains-metres.npy").write_bytes(damage)
        with pytest.raises(Unusable, match="roads"):
            load_graph(folder)
    (folder / "chains-metres.npy").write_bytes(whole)
    about = json.loads((folder / "roads.json").read_text())
    (folder / "roads.json").write_text(json.dumps(about | {"format": FORMAT + 1}))
    with pytest.raises(Unusable, match=f"format {FORMAT + 1}"):
        load_graph(folder)
    (folder / "roads.json").unlink()
    with pytest.raises(Unusable):
        load_graph(folder)
