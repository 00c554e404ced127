"""Lengths between positions in whole 1e-7 degrees."""

import numpy as np
from numpy.typing import NDArray

RADIUS = 6_371_008.8  # metres: the mean radius of IUGG
SCALE = 10_000_000  # whole 1e-7 degrees, as OpenStreetMap keeps positions


def metres_of(
    latitudes: NDArray[np.int64],
    longitudes: NDArray[np.int64],
    to_latitudes: NDArray[np.int64],
    to_longitudes: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Along the great circle, pair by pair."""
    north, to_north = np.radians(latitudes / SCALE), np.radians(to_latitudes / SCALE)
    high = np.sin((to_north - north) / 2) ** 2
    wide = np.sin(np.radians((to_longitudes - longitudes) / SCALE) / 2) ** 2
    return np.asarray(2 * RADIUS * np.arcsin(np.sqrt(high + np.cos(north) * np.cos(to_north) * wide)))
