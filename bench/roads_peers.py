"""The same question put to OSRM (contraction hierarchies) and Valhalla, each in a process of its own: median ms."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

type Place = tuple[float, float]

OSRM = """
import json, statistics, sys, time
import osrm
said = json.load(open(sys.argv[1]))
engine = osrm.OSRM(storage_config=sys.argv[2], use_shared_memory=False, algorithm="CH")
teams = [(lon, lat) for lat, lon in said["teams"]]
took = []
for lat, lon in said["incidents"]:
    asked = osrm.TableParameters(
        coordinates=[*teams, (lon, lat)], sources=list(range(len(teams))), destinations=[len(teams)]
    )
    begun = time.perf_counter()
    engine.Table(asked)
    took.append(1000 * (time.perf_counter() - begun))
print(statistics.median(took))
"""
OSRM_ROUTES = """
import json, sys
import osrm
said = json.load(open(sys.argv[1]))
engine = osrm.OSRM(storage_config=sys.argv[2], use_shared_memory=False, algorithm="CH")
found = []
for one, other in said["pairs"]:
    asked = osrm.RouteParameters(
        coordinates=[(one[1], one[0]), (other[1], other[0])], geometries="geojson", overview="full"
    )
    try:
        route = engine.Route(asked)["routes"][0]
        line = [[float(x), float(y)] for x, y in route["geometry"]["coordinates"]]
        found.append({"metres": float(route["distance"]), "seconds": float(route["duration"]), "line": line})
    except RuntimeError:
        found.append(None)
print(json.dumps(found))
"""
VALHALLA = """
import json, statistics, subprocess, sys, time
from pathlib import Path
import valhalla
said, folder = json.load(open(sys.argv[1])), Path(sys.argv[2])
(folder / "tiles").mkdir()
(folder / "tiles.tar").touch()
config = valhalla.get_config(tile_extract=folder / "tiles.tar", tile_dir=folder / "tiles")
config["mjolnir"].pop("tile_extract", None)
config["service_limits"]["auto"]["max_matrix_location_pairs"] = 100000
(folder / "valhalla.json").write_text(json.dumps(config))
tools = Path(valhalla.__file__).parent / "bin"
built = [str(tools / "valhalla_build_tiles"), "-c", str(folder / "valhalla.json"), sys.argv[3]]
subprocess.run(built, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
actor = valhalla.Actor(config)
teams = [{"lat": lat, "lon": lon} for lat, lon in said["teams"]]
took = []
for lat, lon in said["incidents"][:20]:
    asked = json.dumps({"sources": teams, "targets": [{"lat": lat, "lon": lon}], "costing": "auto"})
    begun = time.perf_counter()
    actor.matrix(asked)
    took.append(1000 * (time.perf_counter() - begun))
print(statistics.median(took))
"""


def osrm_table(packages: Path, extract: Path, folder: Path, teams: list[Place], incidents: list[Place]) -> float:
    tools = packages / "osrm" / "bin"
    file = folder / "osrm.osm.pbf"
    file.symlink_to(extract.resolve())
    for words in (
        ["osrm-extract", "-p", str(packages / "osrm/share/profiles/car.lua"), str(file)],
        ["osrm-contract", str(folder / "osrm.osrm")],
    ):
        (tools / words[0]).chmod(0o755)
        subprocess.run([str(tools / words[0]), *words[1:]], check=True, stdout=subprocess.DEVNULL)
    return _asked(OSRM, packages, [str(_question(folder, teams, incidents)), str(folder / "osrm.osrm")])


def osrm_routes(packages: Path, folder: Path, pairs: list[tuple[Place, Place]]) -> list[dict[str, Any] | None]:
    """`metres`, `seconds`, `line` (longitude, latitude) each, None where there is none; after osrm_table."""
    path = folder / "pairs.json"
    path.write_text(json.dumps({"pairs": pairs}))
    found: list[dict[str, Any] | None] = json.loads(
        _said(OSRM_ROUTES, packages, [str(path), str(folder / "osrm.osrm")])
    )
    return found


def valhalla_matrix(packages: Path, extract: Path, folder: Path, teams: list[Place], incidents: list[Place]) -> float:
    question = _question(folder, teams, incidents)
    return _asked(VALHALLA, packages, [str(question), str(folder), str(extract.resolve())])


def _question(folder: Path, teams: list[Place], incidents: list[Place]) -> Path:
    path = folder / "question.json"
    path.write_text(json.dumps({"teams": teams, "incidents": incidents}))
    return path


def _asked(program: str, packages: Path, words: list[str]) -> float:
    return round(float(_said(program, packages, words).split()[-1]), 2)


def _said(program: str, packages: Path, words: list[str]) -> str:
    given = os.environ | {"PYTHONPATH": str(packages.resolve())}
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout
