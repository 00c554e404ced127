"""Lengths between positions in whole 1e-7 degrees."""

import numba
import numpy as np
from numpy.typing import NDArray

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
    return np.asarray(_each(latitudes, longitudes, to_latitudes, to_longitudes))


@numba.njit(cache=True)
def metres_between(latitude, longitude, to_latitude, to_longitude):  # type: ignore[no-untyped-def]
    """Along the great circle."""
    north, to_north = np.radians(latitude / SCALE), np.radians(to_latitude / SCALE)
    half = np.sin((to_north - north) / 2) ** 2
    half += np.cos(north) * np.cos(to_north) * np.sin(np.radians((to_longitude - longitude) / SCALE) / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.sqrt(half))


@numba.njit(cache=True)
def _each(latitudes, longitudes, to_latitudes, to_longitudes):  # type: ignore[no-untyped-def]
    found = np.empty(len(latitudes))
    for place in range(len(latitudes)):
        found[place] = metres_between(latitudes[place], longitudes[place], to_latitudes[place], to_longitudes[place])
    return found
