"""Points along roads and when one is there, compiled; see isochrones."""

import numba
import numpy as np

from ..lengths import SCALE
from .lengths import metres_between

SPACING = 100.0  # metres


@numba.njit(cache=True)
def points_along(arcs, begun, seconds, starts, latitudes, longitudes, least, limit):  # type: ignore[no-untyped-def]
    """Points of these arcs' roads that are reached in time, no two farther than SPACING metres apart, and when."""
    room = 0
    for arc in arcs:
        for step in range(starts[arc // 2], starts[arc // 2 + 1] - 1):
            length = metres_between(latitudes[step], longitudes[step], latitudes[step + 1], longitudes[step + 1])
            room += int(length / SPACING) + 2
    points, spent = np.empty((room, 2)), np.empty(room)
    count = 0
    for arc in arcs:
        start, end = starts[arc // 2], starts[arc // 2 + 1]
        whole = 0.0
        for step in range(start, end - 1):
            whole += metres_between(latitudes[step], longitudes[step], latitudes[step + 1], longitudes[step + 1])
        run = 0.0
        for step in range(start, end - 1):
            length = metres_between(latitudes[step], longitudes[step], latitudes[step + 1], longitudes[step + 1])
            parts = int(length / SPACING) + 1
            for part in range(parts + 1):
                share = (run + length * part / parts) / whole if whole > 0 else 0.0
                time = begun[arc] + seconds[arc] * (share if arc % 2 == 0 else 1.0 - share)
                if least <= time <= limit:
                    points[count, 0] = (
                        latitudes[step] + (latitudes[step + 1] - latitudes[step]) * part / parts
                    ) / SCALE
                    points[count, 1] = (
                        longitudes[step] + (longitudes[step + 1] - longitudes[step]) * part / parts
                    ) / SCALE
                    spent[count] = time
                    count += 1
            run += length
    return points[:count], spent[:count]
