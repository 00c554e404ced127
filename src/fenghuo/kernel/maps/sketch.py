"""A sketch of the county with one place marked: a small SVG made here, for telephones that could not carry a map."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from shapely import from_geojson
from shapely.geometry import MultiPolygon, Polygon

from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors import home_region

from .selectors import short

WIDTH = 360.0
MARGIN = 8.0
COARSE = 0.004  # degrees that a line of the boundary may be off


@dataclass(frozen=True, slots=True)
class Named:
    x: int
    y: int
    name: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """`outline`: SVG path data; `spot`: the place, in the same units; `height` for the view box of WIDTH."""

    outline: str
    towns: tuple[Named, ...]
    spot: Named
    width: int
    height: int


def sketch(latitude: float | None, longitude: float | None) -> Sketch | None:
    """None when the place or the county's boundary is unknown, or the place lies outside. 2 queries."""
    home = home_region()
    if latitude is None or longitude is None or home is None or not home.boundary:
        return None
    west, south, east, north, rings = _outline(home.boundary)
    if not (west <= longitude <= east and south <= latitude <= north):
        return None
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrow)

    def at(latitude: float, longitude: float) -> tuple[int, int]:
        return round(MARGIN + (longitude - west) * narrow * scale), round(MARGIN + (north - latitude) * scale)

    path = "".join(
        "M" + "L".join(f"{x} {y}" for x, y in (at(latitude, longitude) for longitude, latitude in ring)) + "Z"
        for ring in rings
    )
    rows = Region.objects.filter(parent=home, valid_to=None, latitude__isnull=False).order_by("code")
    towns = tuple(Named(*at(town.latitude or 0, town.longitude or 0), short(town.name)) for town in rows)
    height = round((north - south) * scale + 2 * MARGIN)
    return Sketch(path, towns, Named(*at(latitude, longitude), ""), round(WIDTH), height)


@lru_cache(maxsize=2)
def _outline(boundary: str) -> tuple[float, float, float, float, tuple[tuple[tuple[float, float], ...], ...]]:
    shape = from_geojson(boundary).simplify(COARSE)
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    outlines = [part.exterior.coords for part in parts if isinstance(part, Polygon)]
    rings = tuple(tuple((float(x), float(y)) for x, y, *_rest in outline) for outline in outlines)
    west, south, east, north = shape.bounds
    return west, south, east, north, rings
