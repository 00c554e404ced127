"""What a base map is drawn of, from an OpenStreetMap extract: one GeoJSON feature after the other, for tippecanoe.

Each feature names its layer and the zoom from which it is shown. Names are the Chinese ones where there are any.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import osmium
from osmium import filter as keep

from .roads.extract import Unreadable

ROADS = {
    **dict.fromkeys(("motorway", "trunk"), 6),
    **dict.fromkeys(("motorway_link", "trunk_link", "primary"), 8),
    **dict.fromkeys(("primary_link", "secondary", "secondary_link"), 9),
    **dict.fromkeys(("tertiary", "tertiary_link"), 11),
    **dict.fromkeys(("unclassified", "residential", "living_street"), 12),
    **dict.fromkeys(("service", "track", "pedestrian"), 13),
}
PLACES = {"city": 6, "town": 8, "village": 10, "suburb": 11, "hamlet": 12}
STREAMS = {"river": 8, "canal": 10, "stream": 12}
LAND = {
    "forest": "wood",
    "wood": "wood",
    "grass": "green",
    "park": "green",
    "residential": "town",
    "industrial": "works",
}
WATER = {"water", "riverbank", "reservoir", "basin"}
AREAS = ("natural", "landuse", "waterway", "leisure", "building")

type Tags = "osmium.osm.TagList"


def features(path: Path, *, buildings: bool = True) -> Iterator[str]:
    """GeoJSON features, one a line. Raises: Unreadable, OSError."""
    drawn = osmium.geom.GeoJSONFactory()
    areas = keep.KeyFilter(*(key for key in AREAS if buildings or key != "building"))
    wanted = keep.KeyFilter("highway", "railway", "place", *AREAS)
    try:
        for one in osmium.FileProcessor(path).with_areas(areas).with_filter(wanted):
            found = _read(one, drawn, buildings)
            if found:
                yield found
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _read(one: object, drawn: "osmium.geom.GeoJSONFactory", buildings: bool) -> str | None:
    try:
        if isinstance(one, osmium.osm.Node) and (kind := one.tags.get("place")) in PLACES:
            name = _name(one.tags)
            return (
                _feature("places", PLACES[kind], {"kind": kind, "name": name}, drawn.create_point(one))
                if name
                else None
            )
        if isinstance(one, osmium.osm.Way):
            said = _line(one.tags)
            return _feature(*said, drawn.create_linestring(one)) if said else None
        if isinstance(one, osmium.osm.Area):
            said = _area(one.tags, buildings)
            return _feature(*said, drawn.create_multipolygon(one)) if said else None
    except (
        RuntimeError,
        osmium.InvalidLocationError,
    ):  # nodes without a position, rings that are no rings: left out of the picture
        return None
    return None


type Said = tuple[str, int, dict[str, str]]  # layer, first zoom, properties


def _line(tags: Tags) -> Said | None:
    if (kind := tags.get("highway", "")) in ROADS:
        return "roads", ROADS[kind], {"kind": kind.removesuffix("_link"), "name": _name(tags)}
    if tags.get("railway") == "rail":
        return "roads", 9, {"kind": "rail", "name": ""}
    if (kind := tags.get("waterway", "")) in STREAMS:
        return "streams", STREAMS[kind], {"kind": kind, "name": _name(tags)}
    return None


def _area(tags: Tags, buildings: bool) -> Said | None:
    if buildings and tags.get("building", "no") != "no":
        return "buildings", 14, {}
    for key in ("natural", "waterway", "landuse", "leisure"):
        kind = tags.get(key, "")
        if kind in WATER:
            return "water", 6, {"name": _name(tags)}
        if kind in LAND:
            return "land", 9, {"kind": LAND[kind]}
    return None


def _name(tags: Tags) -> str:
    return tags.get("name:zh") or tags.get("name") or ""


def _feature(layer: str, zoom: int, properties: dict[str, str], geometry: str) -> str:
    said = json.dumps({name: value for name, value in properties.items() if value}, ensure_ascii=False)
    meant = f'{{"layer":"{layer}","minzoom":{zoom}}}'
    return f'{{"type":"Feature","tippecanoe":{meant},"properties":{said},"geometry":{geometry}}}'
