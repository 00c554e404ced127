"""Areas on the ground, and what can be doubted about a position that should lie in one."""

import json
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Self

import shapely
import shapely.ops
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from .coordinates import to_wgs84

METRES_PER_DEGREE = 111_320.0  # of latitude; good to 0.6 % anywhere, which is enough to say "3 km outside"


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon in WGS 84 degrees."""

    geometry: BaseGeometry

    @classmethod
    def from_geojson(cls, geometry: str | dict[str, Any]) -> Self:
        """From a GeoJSON geometry. Raises: ValueError when it is none."""
        content = json.loads(geometry) if isinstance(geometry, str) else geometry
        try:
            made = shape(content)
        except (AttributeError, KeyError, TypeError, ShapelyError) as error:
            raise ValueError(f"no GeoJSON geometry: {error}") from error
        shapely.prepare(made)
        return cls(made)

    def contains(self, latitude: float, longitude: float) -> bool:
        return bool(self.geometry.intersects(Point(longitude, latitude)))

    def metres_outside(self, latitude: float, longitude: float) -> float:
        """0 inside; else the distance to the boundary, straight, within about one per cent."""
        point = Point(longitude, latitude)
        nearest = shapely.ops.nearest_points(self.geometry, point)[0]
        east = (longitude - nearest.x) * cos(radians(latitude))
        north = latitude - nearest.y
        return METRES_PER_DEGREE * float((east * east + north * north) ** 0.5)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`mark`: swapped, gcj02, bd09, outside or impossible; with the position that was probably meant, if any."""

    mark: str
    latitude: float | None = None
    longitude: float | None = None
    metres: int | None = None

    def as_mark(self) -> dict[str, Any]:
        """For JSON: what is not known is absent; degrees to six decimals (a decimetre)."""
        said: dict[str, Any] = {"mark": self.mark}
        if self.latitude is not None and self.longitude is not None:
            said |= {"latitude": round(self.latitude, 6), "longitude": round(self.longitude, 6)}
        if self.metres is not None:
            said["metres"] = self.metres
        return said


def position_doubts(latitude: float, longitude: float, area: Area) -> list[Doubt]:
    """What to ask about a position that was given as WGS 84 and should lie in `area`; empty when it does."""
    possible = abs(latitude) <= 90 and abs(longitude) <= 180
    if possible and area.contains(latitude, longitude):
        return []
    if abs(longitude) <= 90 and area.contains(longitude, latitude):
        return [Doubt("swapped", longitude, latitude)]
    if not possible:
        return [Doubt("impossible")]
    for crs in ("gcj02", "bd09"):
        meant = to_wgs84(latitude, longitude, crs)
        if area.contains(*meant):
            return [Doubt(crs, *meant)]
    return [Doubt("outside", metres=round(area.metres_outside(latitude, longitude)))]
