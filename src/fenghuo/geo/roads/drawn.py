"""What was drawn upon the roads as GeoJSON: closed, slower by a factor, or under water of a depth."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from .closures import Closures, close_within
from .graph import RoadGraph

type InWater = Callable[[float], float]  # centimetres of water → factor, infinite where the mode does not pass


@dataclass(frozen=True, slots=True)
class Drawn:
    """`factor`: how many times longer it takes, infinite where nobody passes. `depth`: metres of water, or None."""

    geometry: BaseGeometry
    factor: float = inf
    depth: float | None = None

    def factor_for(self, in_water: InWater) -> float:
        """A factor that is said beside a depth holds where it is worse."""
        if self.depth is None:
            return self.factor
        said = self.factor if isfinite(self.factor) else 1.0
        return max(said, in_water(self.depth * 100))


def lay(graph: RoadGraph, drawn: Iterable[Drawn], in_water: InWater) -> Closures:
    """All of it over the roads, for whom `in_water` is: of a road that several meet, the worst holds."""
    found: dict[int, float] = {}
    for one in drawn:
        factor = one.factor_for(in_water)
        for arc in close_within(graph, one.geometry, factor).factors if factor > 1.0 else ():
            found[arc] = max(found.get(arc, 1.0), factor)
    return Closures(found)


def read_drawn(text: str) -> list[Drawn]:
    """A geometry, a feature or a collection of either. Properties: `factor` (1 or more), `depth` (metres); neither:
    closed. Raises: ValueError, which names the feature and the value.
    """
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("no GeoJSON object")
    members = said.get("features") if said.get("type") == "FeatureCollection" else [said]
    if not isinstance(members, list):
        raise ValueError("a FeatureCollection has a list of features")
    return [_drawn(one, number) for number, one in enumerate(members, 1)]


def _drawn(said: Any, number: int) -> Drawn:
    feature = isinstance(said, dict) and said.get("type") == "Feature"
    geometry, properties = (said.get("geometry"), said.get("properties") or {}) if feature else (said, {})
    try:
        made = shapely.geometry.shape(geometry)
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError) as error:
        raise ValueError(f"feature {number}: no GeoJSON geometry: {error}") from error
    if not isinstance(properties, dict):
        raise ValueError(f"feature {number}: properties must be an object")
    factor = _number(properties, "factor", 1.0, number)
    depth = _number(properties, "depth", 0.0, number)
    return Drawn(made, inf if factor is None else factor, depth)


def _number(properties: dict[str, Any], name: str, least: float, number: int) -> float | None:
    said = properties.get(name)
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int | float) or not (least <= said < inf):
        raise ValueError(f"feature {number}: {name} {said!r}: a number of {least:g} or more is needed")
    return float(said)
