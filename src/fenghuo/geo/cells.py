"""H3 cells: neighbourhoods as numbers that a database can index."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

import h3.api.basic_int as h3

RESOLUTION = 7  # edge 1.4 km: a cell and its neighbours reach 1.2 to 3.6 km from any point inside
EARTH = 6_371_009.0  # metres, mean radius


def cell_at(latitude: float, longitude: float) -> int:
    """The cell of a WGS 84 position."""
    return int(h3.latlng_to_cell(latitude, longitude, RESOLUTION))


@lru_cache(maxsize=4096)
def around(cell: int) -> tuple[int, ...]:
    """The cell and its neighbours."""
    return tuple(h3.grid_disk(cell, 1))


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance between two WGS 84 positions, good to half a per cent."""
    north = sin(radians(other_latitude - latitude) / 2)
    east = sin(radians(other_longitude - longitude) / 2)
    root = north * north + cos(radians(latitude)) * cos(radians(other_latitude)) * east * east
    return 2 * EARTH * asin(sqrt(min(1.0, root)))
