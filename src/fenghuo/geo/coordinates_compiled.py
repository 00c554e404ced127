"""The same conversions, compiled, for many positions at once."""

import numba
import numpy as np
from numba.extending import register_jitable
from numpy.typing import ArrayLike, NDArray

from . import coordinates

for name in ("_twice", "_thrice", "_in_rectangle", "_gcj02_shift", "_bd09_shift", "gcj02", "bd09", "invert"):
    register_jitable(getattr(coordinates, name))
register_jitable(coordinates.convert_one)


def convert_each(points: ArrayLike, crs: int, to: int) -> NDArray[np.float64]:
    """Rows of (latitude, longitude); the systems as in coordinates.SYSTEMS. Raises: ValueError."""
    return np.asarray(_each(np.ascontiguousarray(points, np.float64).reshape(-1, 2), crs, to))


@numba.njit(cache=True)
def _each(points, crs, to):  # type: ignore[no-untyped-def]
    made = np.empty_like(points)
    for row in range(len(points)):
        made[row, 0], made[row, 1] = coordinates.convert_one(points[row, 0], points[row, 1], crs, to)
    return made
