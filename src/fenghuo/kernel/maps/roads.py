"""The county's road graph: which one is in force, loaded once a process and again when another takes its place.

`MAPS/roads.json` names the folder in force; a new one is built beside it and named last, so that the old one serves
until then. Whoever still has the old one open keeps it: its files go when nobody reads them any more.
"""

import json
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fenghuo.geo.roads.access import Table, table_with
from fenghuo.geo.roads.extract import Unreadable
from fenghuo.geo.roads.graph import RoadGraph, Unusable, build_graph, load_graph, save_graph

LEFT = 24 * 3600.0  # seconds after which nobody is still building

_lock = threading.Lock()
_loaded: tuple[str, RoadGraph | None] = "", None


def current_graph() -> RoadGraph | None:
    """None until `fenghuo map build` has made one, or where it cannot be used (`fenghuo check` says why)."""
    global _loaded
    name = _named()
    if name != _loaded[0]:
        with _lock:
            if name != _loaded[0]:
                _loaded = _load(name)
    return _loaded[1]


def flaw() -> str:
    """Why the graph that is named cannot be used; "" if it can, or if there is none."""
    name = _named()
    try:
        if name:
            load_graph(_home() / name)
    except Unusable as error:
        return str(error)
    return ""


def build_roads(extract: Path, told: Callable[[str, int], None]) -> RoadGraph:
    """From an OpenStreetMap extract; in force when this returns.

    Raises: geo.roads.extract.Unreadable, OSError (also a full disk: the graph of before stays in force).
    """
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    before, name = _named(), f"roads-{timezone.now():%Y%m%d%H%M%S%f}"
    try:
        graph = build_graph(extract, speed_table(), told)
        graph.about["built_at"] = timezone.now().isoformat(timespec="seconds")
        save_graph(graph, home / name)
        (home / "roads.json.new").write_text(json.dumps({"folder": name}))
        (home / "roads.json.new").replace(home / "roads.json")
    except BaseException:
        shutil.rmtree(home / name, ignore_errors=True)
        raise
    _remove(home, before, name)
    return graph


def _remove(home: Path, before: str, now: str) -> None:
    """The one before, and what builds have left that were killed a day ago or earlier."""
    for folder in home.glob("roads-*"):
        with suppress(OSError):
            if folder.name == before or (folder.name != now and time.time() - folder.stat().st_mtime > LEFT):
                shutil.rmtree(folder, ignore_errors=True)


def speed_table() -> Table:
    """The shipped speeds with the county's own rows (`road_speeds.csv`, `road_surfaces.csv`) in place of theirs.

    Raises: Unreadable (a row of theirs that cannot be read).
    """
    try:
        return table_with(settings.OWN_ROAD_SPEEDS, settings.OWN_ROAD_SURFACES)
    except (KeyError, TypeError, ValueError) as error:
        files = f"{settings.OWN_ROAD_SPEEDS.name}, {settings.OWN_ROAD_SURFACES.name}"
        raise Unreadable(f"{files}: a row cannot be read ({error})") from error


def _home() -> Path:
    return Path(settings.MAPS)


def _named() -> str:
    try:
        name = json.loads((_home() / "roads.json").read_text())["folder"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return name if isinstance(name, str) and "/" not in name else ""


def _load(name: str) -> tuple[str, RoadGraph | None]:
    """(name, graph): of another name where a new one took its place, and its files away, while it was being read."""
    while True:
        try:
            return name, load_graph(_home() / name) if name else None
        except Unusable:
            now = _named()
            if now == name:
                return name, None
            name = now
