"""Lengths between positions in whole 1e-7 degrees."""

import numpy as np
from numpy.typing import NDArray

from . import compiled

RADIUS = 6_371_008.8  # metres: the mean radius of IUGG
SCALE = 10_000_000  # whole 1e-7 degrees, as OpenStreetMap keeps positions
METRES_A_DEGREE = RADIUS * np.pi / 180


def metres_of(
    latitudes: NDArray[np.int64],
    longitudes: NDArray[np.int64],
    to_latitudes: NDArray[np.int64],
    to_longitudes: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Along the great circle, pair by pair."""
    return np.asarray(compiled.metres_of_each(latitudes, longitudes, to_latitudes, to_longitudes))
