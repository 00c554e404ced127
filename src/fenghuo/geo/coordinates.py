"""WGS 84, GCJ-02 and BD-09: the three systems in which Chinese positions are said.

GCJ-02 and BD-09 are used here by their publicly known approximations (within a few metres of the originals).
Outside the rectangle in which GCJ-02 shifts, positions stay as they are. All angles are degrees.
"""

from collections.abc import Callable
from math import atan2, cos, pi, sin, sqrt

type Point = tuple[float, float]  # latitude, longitude

AXIS = 6378245.0  # metres, Krasovsky 1940
ECCENTRICITY = 0.00669342162296594323
BD_TURN = pi * 3000.0 / 180.0
STEPS = 30


def to_wgs84(latitude: float, longitude: float, crs: str) -> Point:
    """A position given in `crs` ("wgs84", "gcj02" or "bd09") as WGS 84, to 1e-9 degrees. Raises: KeyError."""
    return _TO_WGS84[crs](latitude, longitude)


def wgs84_to_gcj02(latitude: float, longitude: float) -> Point:
    if not _shifted(latitude, longitude):
        return latitude, longitude
    north, east = _offset(latitude, longitude)
    return latitude + north, longitude + east


def gcj02_to_wgs84(latitude: float, longitude: float) -> Point:
    return _invert(wgs84_to_gcj02, latitude, longitude)


def gcj02_to_bd09(latitude: float, longitude: float) -> Point:
    radius = sqrt(longitude * longitude + latitude * latitude) + 0.00002 * sin(latitude * BD_TURN)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * BD_TURN)
    return radius * sin(angle) + 0.006, radius * cos(angle) + 0.0065


def bd09_to_gcj02(latitude: float, longitude: float) -> Point:
    return _invert(gcj02_to_bd09, latitude, longitude)


def wgs84_to_bd09(latitude: float, longitude: float) -> Point:
    return gcj02_to_bd09(*wgs84_to_gcj02(latitude, longitude))


def bd09_to_wgs84(latitude: float, longitude: float) -> Point:
    return gcj02_to_wgs84(*bd09_to_gcj02(latitude, longitude))


def _invert(forward: Callable[[float, float], Point], latitude: float, longitude: float) -> Point:
    """Fixed-point iteration: the shifts change slowly, so each step gains two or three digits."""
    guess = latitude, longitude
    for _step in range(STEPS):
        reached = forward(*guess)
        error = latitude - reached[0], longitude - reached[1]
        guess = guess[0] + error[0], guess[1] + error[1]
        if max(abs(error[0]), abs(error[1])) < 1e-11:
            break
    return guess


def _shifted(latitude: float, longitude: float) -> bool:
    return 0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347


def _offset(latitude: float, longitude: float) -> Point:
    x, y = longitude - 105.0, latitude - 35.0
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = latitude / 180.0 * pi
    curve = 1.0 - ECCENTRICITY * sin(angle) ** 2
    north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (curve * sqrt(curve)) * pi)
    east = east * 180.0 / (AXIS / sqrt(curve) * cos(angle) * pi)
    return north, east


_TO_WGS84: dict[str, Callable[[float, float], Point]] = {
    "wgs84": lambda latitude, longitude: (latitude, longitude),
    "gcj02": gcj02_to_wgs84,
    "bd09": bd09_to_wgs84,
}
