"""An OpenStreetMap extract (.osm, .gz, .bz2, .pbf) as the ways, barriers and restrictions of a road graph."""

from collections.abc import Callable
from pathlib import Path

import osmium
from osmium import filter as keep

from .access import MATTERS, Speeds, Table, Tags, class_of, speeds_of
from .extract import Extract, Unreadable
from .restrictions import read_restriction

PASSED = {"yes", "permissive", "designated"}
BLOCKING = {
    "block",
    "bollard",
    "cycle_barrier",
    "jersey_barrier",
    "log",
    "debris",
    "kerb",
    "stile",
    "turnstile",
    "wall",
}


def read_extract(path: Path, table: Table, told: Callable[[str, int], None] = lambda _what, _n: None) -> Extract:
    """`told(what, how many so far)` now and then. Raises: Unreadable, OSError."""
    found = Extract()
    try:
        with osmium.io.Reader(path) as reader:
            found.date = reader.header().get("osmosis_replication_timestamp")
        _read_ways(path, table, found, told)
        _read_others(path, found)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise Unreadable(f"{path.name}: {error}") from error
    if not found.ways:
        raise Unreadable(f"{path.name}: there is no road in it")
    return found


def _read_ways(path: Path, table: Table, found: Extract, told: Callable[[str, int], None]) -> None:
    ways = (
        osmium.FileProcessor(path)
        .with_locations()
        .with_filter(keep.EntityFilter(osmium.osm.WAY))
        .with_filter(keep.KeyFilter("highway", "route"))
    )
    known: dict[tuple[tuple[str, str], ...], tuple[Speeds, Speeds]] = {}
    for way in ways:
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = {tag.k: tag.v for tag in way.tags}
        if "highway" not in tags and tags.get("route") != "ferry":
            continue
        key = tuple(sorted((name, said) for name, said in tags.items() if name in MATTERS))
        if key not in known:
            known[key] = speeds_of(tags, table)
        forward, backward = known[key]
        if any(forward) or any(backward):
            _add_way(way, tags, forward, backward, found)
            if len(found.ways) % 20_000 == 0:
                told("ways", len(found.ways))


def _add_way(way: "osmium.osm.Way", tags: Tags, forward: Speeds, backward: Speeds, found: Extract) -> None:
    """A way with a gap, where nodes have no position, becomes several."""
    piece: list[tuple[int, int, int]] = []
    pieces = [piece]
    for node in way.nodes:
        if not node.location.valid():
            found.miss("nodes without a position")
            piece = []
            pieces.append(piece)
        elif not piece or piece[-1][0] != node.ref:
            piece.append((node.ref, node.location.y, node.location.x))
    for piece in pieces:
        if len(piece) < 2:
            continue
        for ref, latitude, longitude in piece:
            found.ids.append(ref)
            found.latitudes.append(latitude)
            found.longitudes.append(longitude)
        found.starts.append(len(found.ids))
        found.ways.append(way.id)
        found.names.append(tags.get("name") or tags.get("ref") or "")
        found.classes.append(class_of(tags))
        found.forward.append(forward)
        found.backward.append(backward)


def _read_others(path: Path, found: Extract) -> None:
    others = osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.RELATION).with_filter(
        keep.KeyFilter("barrier", "restriction", *(f"restriction:{mode}" for mode in ("motorcar", "hgv", "bus")))
    )
    for one in others:
        tags = {tag.k: tag.v for tag in one.tags}
        if isinstance(one, osmium.osm.Node):
            if tags.get("barrier") in BLOCKING and tags.get("motor_vehicle", tags.get("access", "no")) not in PASSED:
                found.blocked.add(one.id)
        elif isinstance(one, osmium.osm.Relation):
            read = read_restriction(tags, [(member.type, member.ref, member.role) for member in one.members])
            if isinstance(read, str):
                found.miss(read)
            else:
                found.restrictions.extend(read)
