"""An OpenStreetMap extract (.osm, .gz, .bz2, .pbf) as the ways, barriers and restrictions of a road graph."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from osmium import filter as keep

from .access import MATTERS, Speeds, Table, class_of, seconds_said, speeds_of
from .extract import Extract, Unreadable
from .lengths import SCALE, metres_of
from .restrictions import read_restriction

CONDITIONAL = tuple(
    f"{key}:conditional"
    for key in ("access", "motor_vehicle", "motorcar", "hgv", "bus", "psv", "oneway", "maxspeed", "maxweight")
)
WANTED = (*sorted(MATTERS), "name", "ref", "duration", *CONDITIONAL)
EAST, NORTH = 180 * SCALE, 90 * SCALE
TOLD_EVERY = 20_000
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
    known: dict[tuple[str | None, ...], Known | None] = {}
    newest = datetime.min.replace(tzinfo=UTC)
    count = 0
    for way in ways:
        if not isinstance(way, osmium.osm.Way):
            continue
        said = tuple(map(way.tags.get, WANTED))  # one by one: to go through all that a way has takes longer
        if said not in known:
            known[said] = _known(said, table)
        if (one := known[said]) is not None:
            _add_way(way, one, found)
            newest = max(newest, way.timestamp)
            count += 1
            if count % TOLD_EVERY == 0:
                told("ways", count)
    found.date = found.date or (newest.isoformat().replace("+00:00", "Z") if newest.year > 2000 else "")


@dataclass(frozen=True, slots=True)
class Known:
    """What the tags of a way say. `lasts`: seconds of a ferry's crossing, 0 where it does not say."""

    name: str
    kind: str
    forward: Speeds
    backward: Speeds
    lasts: float
    conditional: bool


def _known(said: tuple[str | None, ...], table: Table) -> Known | None:
    """None where nobody may drive or walk."""
    tags = {key: value for key, value in zip(WANTED, said, strict=True) if value is not None}
    forward, backward = speeds_of(tags, table)
    if not any(forward) and not any(backward):
        return None
    kind = class_of(tags)
    lasts = seconds_said(tags.get("duration", "")) if kind == "ferry" else 0.0
    conditional = any(key in tags for key in CONDITIONAL)
    return Known(tags.get("name") or tags.get("ref") or "", kind, forward, backward, lasts, conditional)


def _add_way(way: Any, known: Known, found: Extract) -> None:
    """A way with a gap, where nodes have no position, becomes several."""
    ids, latitudes, longitudes = found.ids, found.latitudes, found.longitudes
    last = None
    pieces = 0
    for node in way.nodes:
        ref, location = node.ref, node.location
        if not (-EAST <= (x := location.x) <= EAST and -NORTH <= (y := location.y) <= NORTH):
            found.miss("nodes without a position")
            pieces += _end_piece(way.id, known, found)
            last = None
        elif ref != last:
            last = ref
            ids.append(ref)
            latitudes.append(y)
            longitudes.append(x)
    pieces += _end_piece(way.id, known, found)
    if pieces and known.conditional:
        found.miss("ways with limits that hold at times, which are not read")


def _end_piece(way: int, known: Known, found: Extract) -> int:
    """Keeps what was added since the last piece, if it is a line: how many were kept."""
    begin = found.starts[-1]
    if len(found.ids) - begin < 2:
        del found.ids[begin:], found.latitudes[begin:], found.longitudes[begin:]
        return 0
    forward, backward = known.forward, known.backward
    if known.lasts:
        forward, backward = (_as_long(speeds, known.lasts, found, begin) for speeds in (forward, backward))
    found.starts.append(len(found.ids))
    found.ways.append(way)
    found.names.append(known.name)
    found.classes.append(known.kind)
    found.forward.append(forward)
    found.backward.append(backward)
    return 1


def _as_long(speeds: Speeds, seconds: float, found: Extract, begin: int) -> Speeds:
    """Metres per second of a crossing of which the time is known."""
    latitudes, longitudes = (np.array(one[begin:], np.int64) for one in (found.latitudes, found.longitudes))
    metres = float(metres_of(latitudes[:-1], longitudes[:-1], latitudes[1:], longitudes[1:]).sum())
    return tuple(max(metres, 1.0) / seconds if speed else 0.0 for speed in speeds)


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
