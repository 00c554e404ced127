"""A position as it came in: converted to WGS 84, its doubts named and the likely right one offered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fenghuo.geo.areas import Area, position_doubts
from fenghuo.geo.coordinates import to_wgs84

from .messages import Location


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84 degrees, or none; `marks` are doubts for a person to settle, never a refusal."""

    latitude: float | None = None
    longitude: float | None = None
    marks: list[dict[str, Any]] = field(default_factory=list)


DOUBTS = frozenset({"swapped", "gcj02", "bd09", "outside", "impossible"})


def trusted(marks: Iterable[Mapping[str, Any]]) -> bool:
    """A position that was doubted is neither put on the map nor compared as if it were right."""
    return not any(mark.get("mark") in DOUBTS for mark in marks)


def read_position(location: Location | None, area: Area | None) -> Position:
    if location is None or location.latitude is None or location.longitude is None:
        return Position()
    latitude, longitude = location.latitude, location.longitude
    if location.crs != "wgs84" and abs(latitude) <= 90:
        latitude, longitude = to_wgs84(latitude, longitude, location.crs)
    if area is None:
        return Position(latitude, longitude)
    doubts = position_doubts(latitude, longitude, area)
    return Position(latitude, longitude, [doubt.as_mark() for doubt in doubts])
