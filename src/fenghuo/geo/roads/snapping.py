"""Where on the roads things stand. Teams and places are snapped when they move, not when the call comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from . import compiled
from .access import MODES
from .graph import RoadGraph

FARTHEST = 20_000.0  # metres from a road beyond which something stands on none
ON_FOOT = 4 / 3.6  # metres per second between the road and the place, across country


@dataclass(frozen=True, slots=True)
class Stand:
    """`along`: metres from the chain's tail. `off`: metres to the road. `leave`, `arrive`: seconds (with, against the
    chain) from here to its end, and from its end to here; infinite where this mode may not.
    """

    chain: int
    along: float
    off: float
    latitude: float
    longitude: float
    leave: tuple[float, float]
    arrive: tuple[float, float]

    @property
    def walk(self) -> float:
        """Seconds between the place and the road."""
        return self.off / ON_FOOT


@dataclass(frozen=True, slots=True)
class Stands:
    """Many of one mode as arrays, see Stand; `chains` is -1 for what stands on no road."""

    chains: NDArray[np.int64]
    along: NDArray[np.float64]
    off: NDArray[np.float64]
    positions: NDArray[np.float64]
    leave: NDArray[np.float64]
    arrive: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.chains)

    def __getitem__(self, place: int) -> Stand | None:
        if self.chains[place] < 0:
            return None
        latitude, longitude = self.positions[place].tolist()
        (ahead, back), (come, came) = self.leave[place].tolist(), self.arrive[place].tolist()
        return Stand(
            chain=int(self.chains[place]),
            along=float(self.along[place]),
            off=float(self.off[place]),
            latitude=latitude,
            longitude=longitude,
            leave=(ahead, back),
            arrive=(come, came),
        )

    @property
    def walk(self) -> NDArray[np.float64]:
        return np.where(self.chains < 0, inf, self.off / ON_FOOT)


def snap(graph: RoadGraph, mode: str, latitude: float, longitude: float) -> Stand | None:
    """The nearest road that this mode may use; None where there is none within FARTHEST metres."""
    return snap_all(graph, mode, [(latitude, longitude)])[0]


def snap_all(graph: RoadGraph, mode: str, places: Sequence[tuple[float, float]]) -> Stands:
    """Each (latitude, longitude) on its nearest road, in their order."""
    given = np.array(places, np.float64).reshape(-1, 2)
    shapes, grid, place = graph.chains, graph.grid, MODES.index(mode)
    found = compiled.nearest_each(
        given,
        graph.seconds(mode),
        shapes.shape_latitudes,
        shapes.shape_longitudes,
        *(grid.pointer, grid.steps, grid.chains),
        *grid.frame().values(),
        FARTHEST,
    )
    along, off, positions, leave, arrive = compiled.stand_each(
        given,
        found,
        shapes.shape_starts,
        shapes.shape_latitudes,
        shapes.shape_longitudes,
        shapes.piece_starts,
        shapes.piece_first,
        shapes.piece_speeds,
        place,
    )
    return Stands(found, along, off, positions, leave, arrive)
