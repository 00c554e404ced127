"""Where on the roads something stands. Teams and places are snapped when they move, not when the call comes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from .access import MODES
from .graph import RoadGraph
from .lengths import SCALE, metres_of

FARTHEST = 20_000.0  # metres from a road beyond which something stands on none
ON_FOOT = 4 / 3.6  # metres per second between the road and the place, across country
METRES_A_DEGREE = 111_195.0


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


def snap(graph: RoadGraph, mode: str, latitude: float, longitude: float) -> Stand | None:
    """The nearest road that this mode may use; None where there is none within FARTHEST metres."""
    tree, chains = graph.near(mode)
    point = shapely.Point(longitude * graph.narrowing, latitude)
    found = tree.query_nearest(point, max_distance=FARTHEST / METRES_A_DEGREE, all_matches=False)
    if not len(found):
        return None
    off, chain, along, at = _nearest(graph, int(chains[found[0]]), latitude, longitude)
    return _stand(graph, MODES.index(mode), chain, along, off, at)


def snap_all(graph: RoadGraph, mode: str, places: Sequence[tuple[float, float]]) -> list[Stand | None]:
    """(latitude, longitude) each, in their order."""
    return [snap(graph, mode, *place) for place in places]


def _nearest(
    graph: RoadGraph, chain: int, latitude: float, longitude: float
) -> tuple[float, int, float, tuple[float, float]]:
    """(metres off, chain, metres along, position) of the chain's nearest point, on a plane that fits here."""
    shape = graph.shape(chain) / SCALE
    scale = np.array([METRES_A_DEGREE, METRES_A_DEGREE * np.cos(np.radians(latitude))])
    flat = (shape - (latitude, longitude)) * scale
    run = np.diff(flat, axis=0)
    square = (run**2).sum(axis=1)
    share = np.clip(-(flat[:-1] * run).sum(axis=1) / np.where(square == 0, 1.0, square), 0.0, 1.0)
    nearest = flat[:-1] + run * share[:, None]
    apart = np.hypot(nearest[:, 0], nearest[:, 1])
    best = int(apart.argmin())
    at = shape[best] + (shape[best + 1] - shape[best]) * share[best]
    lengths = _lengths(graph, chain)
    along = float(lengths[:best].sum() + lengths[best] * share[best])
    return float(apart[best]), chain, along, (float(at[0]), float(at[1]))


def _stand(graph: RoadGraph, mode: int, chain: int, along: float, off: float, at: tuple[float, float]) -> Stand:
    whole = graph.chains.seconds[mode][2 * chain : 2 * chain + 2]
    ahead, back = seconds_to(graph, mode, chain, along)
    return Stand(
        chain=chain,
        along=along,
        off=off,
        latitude=at[0],
        longitude=at[1],
        leave=(_rest(float(whole[0]), ahead), back if np.isfinite(whole[1]) else np.inf),
        arrive=(ahead if np.isfinite(whole[0]) else np.inf, _rest(float(whole[1]), back)),
    )


def _rest(whole: float, part: float) -> float:
    return max(whole - part, 0.0) if np.isfinite(whole) else np.inf


def seconds_to(graph: RoadGraph, mode: int, chain: int, along: float) -> tuple[float, float]:
    """Seconds between the chain's tail and this place, driven with and against the chain."""
    chains = graph.chains
    ends = np.cumsum(_lengths(graph, chain))
    begins = np.r_[0.0, ends[:-1]]
    driven = np.clip(along - begins, 0.0, ends - begins)
    first = slice(int(chains.piece_starts[chain]), int(chains.piece_starts[chain + 1]))
    piece = np.searchsorted(chains.piece_first[first], np.arange(len(ends)), side="right") - 1
    speeds = chains.piece_speeds[first][piece, :, mode]
    with np.errstate(divide="ignore", invalid="ignore"):
        spent = np.where(driven[:, None] > 0, driven[:, None] / speeds, 0.0).sum(axis=0)
    return float(spent[0]), float(spent[1])


def _lengths(graph: RoadGraph, chain: int) -> NDArray[np.float64]:
    shape = graph.shape(chain)
    return metres_of(shape[:-1, 0], shape[:-1, 1], shape[1:, 0], shape[1:, 1])
