"""Lengths between positions in whole 1e-7 degrees, compiled."""

import numba
import numpy as np

from ..lengths import RADIUS, SCALE


@numba.njit(cache=True)
def metres_between(latitude, longitude, to_latitude, to_longitude):  # type: ignore[no-untyped-def]
    """Along the great circle."""
    north, to_north = np.radians(latitude / SCALE), np.radians(to_latitude / SCALE)
    half = np.sin((to_north - north) / 2) ** 2
    half += np.cos(north) * np.cos(to_north) * np.sin(np.radians((to_longitude - longitude) / SCALE) / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.sqrt(half))


@numba.njit(cache=True)
def metres_of_each(latitudes, longitudes, to_latitudes, to_longitudes):  # type: ignore[no-untyped-def]
    found = np.empty(len(latitudes))
    for place in range(len(latitudes)):
        found[place] = metres_between(latitudes[place], longitudes[place], to_latitudes[place], to_longitudes[place])
    return found
