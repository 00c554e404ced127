"""The nearest point of a chain, and the seconds from there to its ends, compiled; see snapping."""

import numba
import numpy as np

from ..lengths import METRES_A_DEGREE, SCALE
from .lengths import metres_between


@numba.njit(cache=True)
def stand_each(given, chains, starts, latitudes, longitudes, piece_starts, piece_first, speeds, mode):  # type: ignore[no-untyped-def]
    count = len(given)
    along, off = np.zeros(count), np.full(count, np.inf)
    positions = np.zeros((count, 2))
    leave, arrive = np.full((count, 2), np.inf), np.full((count, 2), np.inf)
    for place in range(count):
        chain = chains[place]
        if chain < 0:
            continue
        _nearest(place, given, starts[chain], starts[chain + 1], latitudes, longitudes, along, off, positions)
        run = 0.0
        spent = np.zeros((2, 2))  # before and behind the place, with and against the chain
        piece, last = piece_starts[chain], piece_starts[chain + 1] - 1
        for step in range(starts[chain], starts[chain + 1] - 1):
            while piece < last and piece_first[piece + 1] <= step - starts[chain]:
                piece += 1
            length = metres_between(latitudes[step], longitudes[step], latitudes[step + 1], longitudes[step + 1])
            before = min(max(along[place] - run, 0.0), length)
            for way in range(2):
                speed = speeds[piece, way, mode]
                if speed > 0:
                    spent[0, way] += before / speed
                    spent[1, way] += (length - before) / speed
                else:
                    spent[:, way] = np.inf
            run += length
        leave[place] = spent[1, 0], spent[0, 1]
        arrive[place] = spent[0, 0], spent[1, 1]
    return along, off, positions, leave, arrive


@numba.njit(cache=True)
def _nearest(place, given, start, end, latitudes, longitudes, along, off, positions):  # type: ignore[no-untyped-def]
    """On a plane that fits there."""
    latitude, longitude = given[place]
    wide = np.cos(np.radians(latitude))
    run = 0.0
    for step in range(start, end - 1):
        y, x = latitudes[step] / SCALE, longitudes[step] / SCALE
        far_y, far_x = latitudes[step + 1] / SCALE - y, longitudes[step + 1] / SCALE - x
        square = far_y * far_y + far_x * far_x * wide * wide
        share = 0.0
        if square > 0:
            share = ((latitude - y) * far_y + (longitude - x) * far_x * wide * wide) / square
            share = min(max(share, 0.0), 1.0)
        apart = np.hypot(latitude - y - far_y * share, (longitude - x - far_x * share) * wide) * METRES_A_DEGREE
        length = metres_between(latitudes[step], longitudes[step], latitudes[step + 1], longitudes[step + 1])
        if apart < off[place]:
            off[place] = apart
            along[place] = run + length * share
            positions[place] = y + far_y * share, x + far_x * share
        run += length
