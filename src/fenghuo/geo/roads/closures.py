"""What lies over the roads for one question: closed, flooded and slowed arcs. The graph itself is never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .graph import RoadGraph
from .lengths import METRES_A_DEGREE

CLOSE_BY = 12.0  # metres: a line or point drawn by hand this near to a road means that road


@dataclass(frozen=True)
class Closures:
    """Factor of each arc concerned: infinite where nobody drives, 2 where it takes twice as long."""

    factors: Mapping[int, float] = field(default_factory=dict)

    def factors_of(self, arcs: NDArray[np.int64]) -> NDArray[np.float64]:
        """The factor of each, in the same shape."""
        found = np.ones(arcs.shape)
        if self.factors:
            known, factors = self._sorted
            places = np.minimum(np.searchsorted(known, arcs), len(known) - 1)
            found = np.where(known[places] == arcs, factors[places], found)
        return found

    def slow(self, seconds: NDArray[np.float64], arcs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Seconds on these arcs as they are now."""
        return _slowed(seconds, self.factors_of(arcs))

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        arcs = np.fromiter(self.factors, np.int64, len(self.factors))
        order = np.argsort(arcs)
        return arcs[order], np.fromiter(self.factors.values(), np.float64, len(arcs))[order]

    def over(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same array where nothing is closed."""
        if not self.factors:
            return seconds
        arcs, factors = self._sorted
        changed = seconds.copy()
        changed[arcs] = _slowed(changed[arcs], factors)
        changed.flags.writeable = False  # as the graph's own is: one compiled search serves both
        return changed

    def factor(self, arc: int) -> float:
        return self.factors.get(arc, 1.0)

    def __or__(self, other: "Closures") -> "Closures":
        """Both at once: of an arc that both name, the worse holds."""
        both = {arc: max(self.factor(arc), other.factor(arc)) for arc in (*self.factors, *other.factors)}
        return Closures(both)


def _slowed(seconds: NDArray[np.float64], factors: NDArray[np.float64]) -> NDArray[np.float64]:
    shut = np.isinf(factors)
    return np.where(shut, inf, seconds * np.where(shut, 1.0, factors))


def close_chains(chains: Iterable[int], factor: float = inf) -> Closures:
    """Both directions. Raises: ValueError (a factor below 1: roads are never made faster)."""
    if not factor >= 1.0:
        raise ValueError("a closure's factor is at least 1")
    return Closures({arc: factor for chain in chains for arc in (2 * chain, 2 * chain + 1)})


def close_within(graph: RoadGraph, drawn: BaseGeometry, factor: float = inf) -> Closures:
    """Every chain that the drawn geometry (longitude, latitude; WGS 84) meets; points and lines as wide as a pen."""
    wide = drawn if drawn.geom_type.endswith("Polygon") else drawn.buffer(CLOSE_BY / METRES_A_DEGREE)
    if wide.is_empty:
        return Closures()
    near = graph.grid.within(*wide.bounds)
    shapely.prepare(wide)
    return close_chains(near[shapely.intersects(wide, graph.lines(near))].tolist(), factor)
