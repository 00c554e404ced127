"""How far one comes in a time: the pieces of road reached, and the cells and the area around them."""

from dataclasses import dataclass

import h3
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .closures import Closures
from .graph import RoadGraph
from .lengths import SCALE, metres_of
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
    topology, chains = graph.topology(mode), graph.chains
    settled = seconds_from_one(graph, mode, start, closures, limit)
    at_junction = np.full(len(chains.nodes), np.inf)
    np.minimum.at(at_junction, topology.junctions, settled)
    seconds = closures.over(graph.seconds(mode))
    points, spent = [np.array([[start.latitude, start.longitude]])], [np.array([start.walk])]
    for arc in np.flatnonzero(np.isfinite(seconds) & np.isfinite(at_junction[graph.tails])):
        shape = graph.shape(int(arc) // 2)
        runs = np.r_[0.0, np.cumsum(metres_of(shape[:-1, 0], shape[:-1, 1], shape[1:, 0], shape[1:, 1]))]
        if not runs[-1] > 0:
            continue
        along = np.unique(np.r_[runs, np.arange(0.0, runs[-1], 100.0)])
        share = along / runs[-1] if arc % 2 == 0 else 1.0 - along / runs[-1]
        spent.append(at_junction[graph.tails[arc]] + share * seconds[arc] + start.walk)
        points.append(
            np.stack([np.interp(along, runs, shape[:, 0]), np.interp(along, runs, shape[:, 1])], axis=1) / SCALE
        )
    all_points, all_spent = np.concatenate(points), np.concatenate(spent)
    near = all_spent <= limit
    return Reached(all_points[near], all_spent[near])
