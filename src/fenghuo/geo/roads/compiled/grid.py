"""Pieces of road by cell of a grid, and the nearest to a place, compiled; see grid."""

import numba
import numpy as np

from ..lengths import METRES_A_DEGREE, SCALE


@numba.njit(cache=True)
def pieces_by_cell(starts, latitudes, longitudes, south, west, high, wide, rows, columns):  # type: ignore[no-untyped-def]
    """(pointer, first point of each piece, its chain): a piece stands in every cell that it runs through."""
    pointer = np.zeros(rows * columns + 1, np.int64)
    steps, chains = np.empty(0, np.int32), np.empty(0, np.int32)
    for turn in range(2):
        if turn == 1:
            for cell in range(rows * columns, 0, -1):
                pointer[cell] = pointer[cell - 1]
            pointer[0] = 0
            for cell in range(rows * columns):
                pointer[cell + 1] += pointer[cell]
            steps, chains = np.empty(pointer[-1], np.int32), np.empty(pointer[-1], np.int32)
            filled = pointer[:-1].copy()
        for chain in range(len(starts) - 1):
            for step in range(starts[chain], starts[chain + 1] - 1):
                y, x = latitudes[step] - south, longitudes[step] - west
                far_y, far_x = latitudes[step + 1] - south, longitudes[step + 1] - west
                for row in range(min(y, far_y) // high, max(y, far_y) // high + 1):
                    low, top = _within_row(y, x, far_y, far_x, row * high, (row + 1) * high)
                    for column in range(max(low // wide, 0), min(top // wide, columns - 1) + 1):
                        cell = row * columns + column
                        if turn == 0:
                            pointer[cell] += 1
                        else:
                            steps[filled[cell]], chains[filled[cell]] = step, chain
                            filled[cell] += 1
    return pointer, steps, chains


@numba.njit(cache=True)
def _within_row(y, x, far_y, far_x, low, top):  # type: ignore[no-untyped-def]
    """From where to where in x the piece runs within the row, a little more on either side."""
    if far_y == y:
        return min(x, far_x) - 1, max(x, far_x) + 1
    one = min(max((low - y) / (far_y - y), 0.0), 1.0)
    other = min(max((top - y) / (far_y - y), 0.0), 1.0)
    begin, end = x + (far_x - x) * one, x + (far_x - x) * other
    return int(np.floor(min(begin, end))) - 1, int(np.ceil(max(begin, end))) + 1


@numba.njit(cache=True)
def nearest_each(  # type: ignore[no-untyped-def]
    given, seconds, latitudes, longitudes, pointer, steps, chains, south, west, high, wide, rows, columns, farthest
):
    """The chain of the nearest piece that may be driven either way, -1 where none lies within `farthest` metres.

    Rings of cells about the place, until nothing nearer can follow. Of pieces equally near the first chain's counts.
    """
    found = np.full(len(given), -1, np.int64)
    for place in range(len(given)):
        y, x = given[place, 0] * SCALE, given[place, 1] * SCALE
        if not (abs(given[place, 0]) <= 90 and abs(given[place, 1]) <= 360):  # nor NaN: no place on earth
            continue
        narrowing = np.cos(np.radians(given[place, 0]))
        metre = METRES_A_DEGREE / SCALE
        cell_side = min(high, wide * narrowing) * metre
        row, column = int(np.floor((y - south) / high)), int(np.floor((x - west) / wide))
        ring = max(max(-row, row - rows + 1), max(-column, column - columns + 1), 0)  # the first that meets the grid
        best = farthest
        while (ring - 1) * cell_side <= best:
            if ring > max(rows, columns) + max(abs(row), abs(column)):
                break
            for at in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
                whole = at == row - ring or at == row + ring
                first, last = column - ring, column + ring
                gap = 1 if whole or ring == 0 else 2 * ring
                for beside in range(first, last + 1, gap):
                    if not 0 <= beside < columns:
                        continue
                    cell = at * columns + beside
                    for piece in range(pointer[cell], pointer[cell + 1]):
                        chain = chains[piece]
                        if not (np.isfinite(seconds[2 * chain]) or np.isfinite(seconds[2 * chain + 1])):
                            continue
                        apart = _apart(y, x, narrowing, latitudes, longitudes, steps[piece]) * metre
                        if apart < best or (apart == best and chain < found[place]):
                            best, found[place] = apart, chain
            ring += 1
    return found


@numba.njit(cache=True)
def _apart(y, x, narrowing, latitudes, longitudes, step):  # type: ignore[no-untyped-def]
    """In 1e-7 degrees of latitude, on a plane that fits at the place."""
    begin_y, begin_x = y - latitudes[step], (x - longitudes[step]) * narrowing
    far_y = float(latitudes[step + 1] - latitudes[step])
    far_x = (longitudes[step + 1] - longitudes[step]) * narrowing
    square = far_y * far_y + far_x * far_x
    share = 0.0
    if square > 0:
        share = min(max((begin_y * far_y + begin_x * far_x) / square, 0.0), 1.0)
    return np.hypot(begin_y - far_y * share, begin_x - far_x * share)
