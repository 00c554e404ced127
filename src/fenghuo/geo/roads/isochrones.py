"""How far one comes in a time: the pieces of road reached, and the cells and the area around them."""

from dataclasses import dataclass

import h3
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from . import compiled
from .closures import Closures
from .graph import RoadGraph
from .reaching import OPEN, seconds_from_one
from .snapping import Stand

RESOLUTION = 9  # H3: cells of about 350 m across


@dataclass(frozen=True, slots=True)
class Reached:
    """Points on roads (latitude, longitude) with the seconds after which one is there."""

    points: NDArray[np.float64]
    seconds: NDArray[np.float64]

    def cells(self, limit: float, resolution: int = RESOLUTION) -> set[str]:
        """H3 cells with a road that is reached within `limit` seconds."""
        near = self.points[self.seconds <= limit]
        return {h3.latlng_to_cell(latitude, longitude, resolution) for latitude, longitude in near.tolist()}

    def area(self, limit: float, resolution: int = RESOLUTION) -> BaseGeometry:
        """The cells together, as (longitude, latitude); empty where nothing is reached."""
        cells = self.cells(limit, resolution)
        return (
            shapely.geometry.shape(h3.cells_to_h3shape(sorted(cells)).__geo_interface__) if cells else shapely.Polygon()
        )


def reached_from(graph: RoadGraph, mode: str, start: Stand, limit: float, closures: Closures = OPEN) -> Reached:
    """All points of roads' shapes within `limit` seconds; of a road longer than a cell points between are added."""
    limit = float(limit)  # for a whole number all would be compiled once more
    topology, chains = graph.topology(mode), graph.chains
    settled = seconds_from_one(graph, mode, start, closures, limit)
    begun = np.full(len(chains.tails) * 2, np.inf)
    np.minimum.at(begun, topology.arcs, np.repeat(settled, np.diff(topology.pointer)))
    seconds = closures.over(graph.seconds(mode))
    shapes = chains.shape_starts, chains.shape_latitudes, chains.shape_longitudes
    far = compiled.points_along(
        np.flatnonzero(begun + start.walk <= limit), begun + start.walk, seconds, *shapes, 0.0, limit
    )
    own = np.array([2 * start.chain, 2 * start.chain + 1])
    begun[own] = start.walk - closures.slow(np.array(start.arrive), own)  # from where the start itself lies on it
    near = compiled.points_along(own[np.isfinite(begun[own])], begun, seconds, *shapes, start.walk, limit)
    points, spent = (np.concatenate(both) for both in zip(near, far, strict=True))
    return Reached(points, spent)
