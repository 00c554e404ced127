"""WGS 84, GCJ-02 and BD-09: the three systems in which Chinese positions are said; one position or many at once.

GCJ-02 and BD-09 are used here by their publicly known approximations (within a few metres of the originals).
Outside the rectangle in which GCJ-02 shifts, positions stay as they are. All angles are degrees.
"""

from math import atan2, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

type Point = tuple[float, float]  # latitude, longitude

AXIS = 6378245.0  # metres, Krasovsky 1940
ECCENTRICITY = 0.00669342162296594323
BD_TURN = pi * 3000.0 / 180.0
STEPS = 30
EXACT = 1e-11  # degrees
SYSTEMS = {"wgs84": 0, "gcj02": 1, "bd09": 2}


def to_wgs84(latitude: float, longitude: float, crs: str) -> Point:
    """A position given in `crs` ("wgs84", "gcj02" or "bd09") as WGS 84, to 1e-9 degrees. Raises: KeyError."""
    return convert_one(latitude, longitude, SYSTEMS[crs], 0)


def from_wgs84(latitude: float, longitude: float, crs: str) -> Point:
    """Raises: KeyError."""
    return convert_one(latitude, longitude, 0, SYSTEMS[crs])


def wgs84_to_gcj02(latitude: float, longitude: float) -> Point:
    return from_wgs84(latitude, longitude, "gcj02")


def gcj02_to_wgs84(latitude: float, longitude: float) -> Point:
    return to_wgs84(latitude, longitude, "gcj02")


def wgs84_to_bd09(latitude: float, longitude: float) -> Point:
    return from_wgs84(latitude, longitude, "bd09")


def bd09_to_wgs84(latitude: float, longitude: float) -> Point:
    return to_wgs84(latitude, longitude, "bd09")


def convert(points: "ArrayLike", crs: str, to: str) -> "NDArray[np.float64]":
    """Rows of (latitude, longitude) from one system to another, to 1e-9 degrees. Raises: KeyError, ValueError."""
    from .coordinates_compiled import convert_each  # what one call needs shall not wait for the compiler

    return convert_each(points, SYSTEMS[crs], SYSTEMS[to])


def convert_one(latitude: float, longitude: float, crs: int, to: int) -> Point:
    """Down to WGS 84 and up again, a system at a time."""
    if crs == 2 and to < 2:
        latitude, longitude = invert(latitude, longitude, 2)
    if crs >= 1 and to == 0:
        latitude, longitude = invert(latitude, longitude, 1)
    if crs == 0 and to >= 1:
        latitude, longitude = gcj02(latitude, longitude)
    if crs < 2 and to == 2:
        latitude, longitude = bd09(latitude, longitude)
    return latitude, longitude


def invert(latitude: float, longitude: float, system: int) -> Point:
    """Fixed-point iteration: the shifts change slowly, so each step gains two or three digits."""
    north, east = latitude, longitude
    for _step in range(STEPS):
        up, right = gcj02(north, east) if system == 1 else bd09(north, east)
        up, right = latitude - up, longitude - right
        north, east = north + up, east + right
        if not (abs(up) > EXACT or abs(right) > EXACT):  # what is no number never comes nearer
            break
    return north, east


def bd09(latitude: float, longitude: float) -> Point:
    """From GCJ-02."""
    radius = sqrt(longitude * longitude + latitude * latitude) + 0.00002 * sin(latitude * BD_TURN)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * BD_TURN)
    return radius * sin(angle) + 0.006, radius * cos(angle) + 0.0065


def gcj02(latitude: float, longitude: float) -> Point:
    """From WGS 84."""
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        return latitude, longitude
    x, y = longitude - 105.0, latitude - 35.0
    root = sqrt(abs(x))
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = latitude / 180.0 * pi
    curve = 1.0 - ECCENTRICITY * sin(angle) ** 2
    north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (curve * sqrt(curve)) * pi)
    east = east * 180.0 / (AXIS / sqrt(curve) * cos(angle) * pi)
    return latitude + north, longitude + east
