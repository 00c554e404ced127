"""An area drawn by hand or sent by a machine: checked, converted to WGS 84, measured."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from .areas import METRES_PER_DEGREE, Area, Doubt, position_doubts
from .coordinates import to_wgs84

MOST_POINTS = 20_000
DECIMALS = 7  # a centimetre
AREAS = ("Polygon", "MultiPolygon")
SHAPES = ("Point", "LineString", *AREAS)  # what a hand draws on a map


class BadArea(ValueError):
    """`reason`: type, points, crosses, dateline, metres, swapped, empty, crs. `given` shows where."""

    def __init__(self, reason: str, given: Any = None) -> None:
        super().__init__(f"{reason}: {given}")
        self.reason = reason
        self.given = given


@dataclass(frozen=True, slots=True)
class Drawn:
    """`geometry`: GeoJSON, WGS 84 degrees; points and lines have no square metres.

    `doubts`: what a person should look at.
    """

    geometry: dict[str, Any]
    square_metres: float
    doubts: list[Doubt]


def read_area(geometry: Any, crs: str, county: Area | None, types: tuple[str, ...] = AREAS) -> Drawn:
    """Read a GeoJSON geometry of one of the `types` whose numbers are longitude, latitude in `crs`.

    `crs`: wgs84, gcj02 or bd09. Raises: BadArea.
    """
    if crs not in ("wgs84", "gcj02", "bd09"):
        raise BadArea("crs", crs)
    if not isinstance(geometry, dict) or geometry.get("type") not in types:
        raise BadArea("type", geometry.get("type") if isinstance(geometry, dict) else type(geometry).__name__)
    points = list(_points(geometry.get("coordinates")))
    if len(points) > MOST_POINTS:
        raise BadArea("points", len(points))
    _check_numbers(points)
    made = _made(geometry)
    if made.is_empty:
        raise BadArea("empty")
    if crs != "wgs84":
        made = shapely.transform(made, lambda rows: _converted(rows, crs))
    if not made.is_valid:
        raise BadArea("crosses", explain_validity(made))
    west, _south, east, _north = made.bounds
    if east - west > 180:
        raise BadArea("dateline", [west, east])
    return Drawn(mapping(shapely.set_precision(made, 10**-DECIMALS)), _square_metres(made), _doubts(made, county))


def _points(coordinates: Any) -> Iterator[Any]:
    if isinstance(coordinates, list | tuple):
        if coordinates and not isinstance(coordinates[0], list | tuple):
            yield coordinates
        else:
            for part in coordinates:
                yield from _points(part)


def _check_numbers(points: list[Any]) -> None:
    if not points:
        raise BadArea("empty")
    for point in points:
        numbers = point[:2]
        if len(numbers) < 2 or not all(_is_number(number) for number in numbers):
            raise BadArea("type", point[:3])
    if any(abs(longitude) > 360 or abs(latitude) > 360 for longitude, latitude, *_height in points):
        raise BadArea("metres", points[0][:2])
    if any(abs(longitude) > 180 for longitude, _latitude, *_height in points):
        raise BadArea("dateline", points[0][:2])
    if any(abs(latitude) > 90 for _longitude, latitude, *_height in points):
        raise BadArea("swapped", points[0][:2])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _made(geometry: dict[str, Any]) -> BaseGeometry:
    try:
        return shapely.force_2d(shape(geometry))
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError, IndexError) as error:
        raise BadArea("type", str(error)[:100]) from error


def _converted(rows: Any, crs: str) -> Any:
    converted = rows.copy()
    for row in converted:
        latitude, longitude = to_wgs84(float(row[1]), float(row[0]), crs)
        row[0], row[1] = longitude, latitude
    return converted


def _square_metres(made: BaseGeometry) -> float:
    """Good to about one per cent for areas of a county's size."""
    middle = math.cos(math.radians(made.centroid.y))
    return float(made.area) * METRES_PER_DEGREE**2 * middle


def _doubts(made: BaseGeometry, county: Area | None) -> list[Doubt]:
    if county is None or made.intersects(county.geometry):
        return []
    doubts = position_doubts(made.centroid.y, made.centroid.x, county)
    if any(doubt.mark == "swapped" for doubt in doubts):
        raise BadArea("swapped", [made.centroid.x, made.centroid.y])
    return doubts
