"""The base of every map: the county's boundary and its towns, which are public facts."""

import json
from typing import Any

from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors import home_region

from .layers import collection, point


def base() -> dict[str, Any]:
    """{"boundary": GeoJSON feature collection, "towns": …, "bounds": [west, south, east, north] or None}."""
    home = home_region()
    if home is None:
        return {"boundary": collection([]), "towns": collection([]), "bounds": None}
    boundary = json.loads(home.boundary) if home.boundary else None
    towns = Region.objects.filter(parent=home, valid_to=None, latitude__isnull=False)
    named = [point(town.latitude or 0, town.longitude or 0, title=short(town.name)) for town in towns]
    shape = [{"type": "Feature", "geometry": boundary, "properties": {"title": home.name}}] if boundary else []
    return {"boundary": collection(shape), "towns": collection(named), "bounds": _bounds(boundary, towns)}


def short(name: str) -> str:
    """草堂 for 草堂街道: what stands on a map."""
    for ending in ("街道", "镇", "乡"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def _bounds(boundary: dict[str, Any] | None, towns: Any) -> list[float] | None:
    numbers = list(_pairs(boundary["coordinates"])) if boundary else [(one.longitude, one.latitude) for one in towns]
    if not numbers:
        return None
    west, south = min(pair[0] for pair in numbers), min(pair[1] for pair in numbers)
    return [west, south, max(pair[0] for pair in numbers), max(pair[1] for pair in numbers)]


def _pairs(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[:2]
    else:
        for part in coordinates:
            yield from _pairs(part)
