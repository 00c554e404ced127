"""Which pieces of road lie near a place: a grid of cells over the graph, kept in files beside it and shared like it.

A tree of shapes would have to be made anew by every process, seconds before its first answer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import compiled
from .contracting import Chains, Ints
from .lengths import METRES_A_DEGREE, SCALE

LEAST = 60.0  # metres: smaller cells gain nothing
MOST_CELLS = 4_000_000


@dataclass(slots=True)
class Grid:
    """Cell (row, column) is `row * columns + column`, rows from the south. `pointer` says where its pieces begin.

    A piece is a segment of a chain: `steps` is its first point in the shapes, `chains` the chain. `south`, `west`,
    `high`, `wide`: the corner and the size of a cell, in whole 1e-7 degrees.
    """

    pointer: Ints
    steps: NDArray[np.int32]
    chains: NDArray[np.int32]
    south: int
    west: int
    high: int
    wide: int
    rows: int
    columns: int

    def frame(self) -> dict[str, int]:
        return {name: int(getattr(self, name)) for name in ("south", "west", "high", "wide", "rows", "columns")}

    def within(self, west: float, south: float, east: float, north: float) -> Ints:
        """Chains with a piece in a cell that this rectangle (degrees) meets, each once, in order."""
        first_row, last_row = self._between(south, north, self.south, self.high, self.rows)
        first, last = self._between(west, east, self.west, self.wide, self.columns)
        if last_row < first_row or last < first:
            return np.empty(0, np.int64)
        found = [
            self.chains[self.pointer[row * self.columns + first] : self.pointer[row * self.columns + last + 1]]
            for row in range(first_row, last_row + 1)
        ]
        return np.unique(np.concatenate(found)).astype(np.int64)

    @staticmethod
    def _between(least: float, most: float, origin: int, size: int, count: int) -> tuple[int, int]:
        """With a cell more on either side, for what lies on an edge."""
        first, last = (np.floor((value * SCALE - origin) / size) for value in (least, most))
        return max(int(first) - 1, 0), min(int(last) + 1, count - 1)


def grid_over(chains: Chains) -> Grid:
    """About as many cells as there are pieces of road."""
    latitudes, longitudes = chains.shape_latitudes, chains.shape_longitudes
    south, west = int(latitudes.min()), int(longitudes.min())
    north, east = int(latitudes.max()), int(longitudes.max())
    narrowing = max(float(np.cos(np.radians((south + north) / 2 / SCALE))), 0.01)
    metre = SCALE / METRES_A_DEGREE
    surface = (north - south) * ((east - west) * narrowing) / metre**2
    side = max(LEAST, (surface / min(max(len(latitudes), 1), MOST_CELLS)) ** 0.5)
    side = max(side, (north - south) / metre / 2000, (east - west) * narrowing / metre / 2000)
    high, wide = max(int(side * metre), 1), max(int(side * metre / narrowing), 1)
    rows, columns = (north - south) // high + 1, (east - west) // wide + 1
    frame: tuple[Any, ...] = (south, west, high, wide, rows, columns)
    pointer, steps, of = compiled.pieces_by_cell(chains.shape_starts, latitudes, longitudes, *frame)
    return Grid(pointer, steps, of, *frame)
