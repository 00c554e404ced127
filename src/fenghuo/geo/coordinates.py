"""WGS 84, GCJ-02 and BD-09: the three systems in which Chinese positions are said; one position or many at once.

GCJ-02 and BD-09 are used here by their publicly known approximations (within a few metres of the originals).
Outside the rectangle in which GCJ-02 shifts, positions stay as they are. All angles are degrees.
"""

from math import pi

import numba
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
    return _told(latitude, longitude, SYSTEMS[crs], 0)


def from_wgs84(latitude: float, longitude: float, crs: str) -> Point:
    """Raises: KeyError."""
    return _told(latitude, longitude, 0, SYSTEMS[crs])


def wgs84_to_gcj02(latitude: float, longitude: float) -> Point:
    return from_wgs84(latitude, longitude, "gcj02")


def gcj02_to_wgs84(latitude: float, longitude: float) -> Point:
    return to_wgs84(latitude, longitude, "gcj02")


def wgs84_to_bd09(latitude: float, longitude: float) -> Point:
    return from_wgs84(latitude, longitude, "bd09")


def bd09_to_wgs84(latitude: float, longitude: float) -> Point:
    return to_wgs84(latitude, longitude, "bd09")


def convert(points: ArrayLike, crs: str, to: str) -> NDArray[np.float64]:
    """Rows of (latitude, longitude) from one system to another, to 1e-9 degrees. Raises: KeyError, ValueError."""
    given = np.ascontiguousarray(points, np.float64).reshape(-1, 2)
    return np.asarray(_each(given, SYSTEMS[crs], SYSTEMS[to]))


def _told(latitude: float, longitude: float, crs: int, to: int) -> Point:
    north, east = _convert(float(latitude), float(longitude), crs, to)
    return float(north), float(east)


@numba.njit(cache=True)
def _each(points, crs, to):  # type: ignore[no-untyped-def]
    made = np.empty_like(points)
    for row in range(len(points)):
        made[row, 0], made[row, 1] = _convert(points[row, 0], points[row, 1], crs, to)
    return made


@numba.njit(cache=True)
def _convert(latitude, longitude, crs, to):  # type: ignore[no-untyped-def]
    """Down to WGS 84 and up again, a system at a time."""
    if crs == 2 and to < 2:
        latitude, longitude = _invert(latitude, longitude, 2)
    if crs >= 1 and to == 0:
        latitude, longitude = _invert(latitude, longitude, 1)
    if crs == 0 and to >= 1:
        latitude, longitude = _gcj02(latitude, longitude)
    if crs < 2 and to == 2:
        latitude, longitude = _bd09(latitude, longitude)
    return latitude, longitude


@numba.njit(cache=True)
def _invert(latitude, longitude, system):  # type: ignore[no-untyped-def]
    """Fixed-point iteration: the shifts change slowly, so each step gains two or three digits."""
    north, east = latitude, longitude
    for _step in range(STEPS):
        up, right = _gcj02(north, east) if system == 1 else _bd09(north, east)
        up, right = latitude - up, longitude - right
        north, east = north + up, east + right
        if not (abs(up) > EXACT or abs(right) > EXACT):  # what is no number never comes nearer
            break
    return north, east


@numba.njit(cache=True)
def _bd09(latitude, longitude):  # type: ignore[no-untyped-def]
    """From GCJ-02."""
    radius = np.sqrt(longitude * longitude + latitude * latitude) + 0.00002 * np.sin(latitude * BD_TURN)
    angle = np.arctan2(latitude, longitude) + 0.000003 * np.cos(longitude * BD_TURN)
    return radius * np.sin(angle) + 0.006, radius * np.cos(angle) + 0.0065


@numba.njit(cache=True)
def _gcj02(latitude, longitude):  # type: ignore[no-untyped-def]
    """From WGS 84."""
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        return latitude, longitude
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(abs(x))
    waves = (20.0 * np.sin(6.0 * x * pi) + 20.0 * np.sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * np.sin(y * pi) + 40.0 * np.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * pi) + 320.0 * np.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * np.sin(x * pi) + 40.0 * np.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * pi) + 300.0 * np.sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = latitude / 180.0 * pi
    curve = 1.0 - ECCENTRICITY * np.sin(angle) ** 2
    north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (curve * np.sqrt(curve)) * pi)
    east = east * 180.0 / (AXIS / np.sqrt(curve) * np.cos(angle) * pi)
    return latitude + north, longitude + east
