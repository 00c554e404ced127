"""What people draw on a map, read and checked; what cannot be used is refused in words."""

from typing import Any

from django.utils.translation import gettext as _

from fenghuo.geo.drawing import AREAS, BadArea, Drawn, read_area
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.registry.places import places


def read_drawn(geometry: Any, crs: str = "wgs84", types: tuple[str, ...] = AREAS) -> Drawn:
    """`geometry`: GeoJSON of one of these types. Raises: Invalid naming `geometry`."""
    try:
        return read_area(geometry, crs, places().area, types)
    except BadArea as bad:
        raise Invalid(Fault("geometry", _fault(bad, types), bad.given)) from bad


def _fault(bad: BadArea, types: tuple[str, ...]) -> str:
    """What is wrong with what was drawn, and the way out."""
    match bad.reason:
        case "crosses":
            return _("crosses itself: draw its outline once around, without crossing a line")
        case "dateline":
            return _("reaches over the date line, or longitudes lie beyond ±180: give degrees of WGS 84")
        case "metres":
            return _("seems to be in metres of a projection: give longitude and latitude in degrees")
        case "swapped":
            return _("latitude and longitude seem to be swapped: GeoJSON gives longitude first")
        case "points":
            return _("has too many points: simplify it")
        case "empty":
            return _("has no points: draw at least a triangle")
        case "crs":
            return _("must be in wgs84, gcj02 or bd09")
        case _:
            if types != AREAS:
                return _("must be a GeoJSON geometry, one of: %(types)s") % {"types": " ".join(types)}
            return _("must be a GeoJSON Polygon or MultiPolygon")
