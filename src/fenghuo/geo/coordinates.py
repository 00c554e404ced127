"""WGS 84, GCJ-02 and BD-09: the three systems in which Chinese positions are said; one position or many at once.

GCJ-02 and BD-09 are used here by their publicly known approximations (within a few metres of the originals).
Outside the rectangle in which GCJ-02 shifts, positions stay as they are. All angles are degrees.
"""

from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

type Point = tuple[float, float]  # latitude, longitude
# Up, right; how up changes with latitude and longitude; how right does. The changes need only be nearly right.
type Shift = tuple[float, float, float, float, float, float]

AXIS = 6378245.0  # metres, Krasovsky 1940
ECCENTRICITY = 0.00669342162296594323
BD_TURN = pi * 3000.0 / 180.0
THIRDS = 2.0 / 3.0
STEPS = 30
CLOSE = 1e-6  # degrees: after a step no longer than this what is left is below 1e-9, and nearly everywhere 1e-12
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
    """Newton's steps: each doubles the digits, so that two or three are enough.

    A position whose origin would lie outside the rectangle was never shifted, and stays.
    """
    if system == 1 and not _in_rectangle(latitude, longitude, 0.1):
        return latitude, longitude
    north, east = (latitude, longitude) if system == 1 else (latitude - 0.006, longitude - 0.0065)
    for _step in range(STEPS):
        up, right, nn, ne, en, ee = _gcj02_shift(north, east) if system == 1 else _bd09_shift(north, east)
        up, right = latitude - north - up, longitude - east - right
        nn, ee = 1.0 + nn, 1.0 + ee
        surface = nn * ee - ne * en
        up, right = (up * ee - right * ne) / surface, (right * nn - up * en) / surface
        north, east = north + up, east + right
        if not (abs(up) > CLOSE or abs(right) > CLOSE):  # what is no number never comes nearer
            break
    if system == 1 and not _in_rectangle(north, east, 0.0):
        return latitude, longitude
    return north, east


def bd09(latitude: float, longitude: float) -> Point:
    """From GCJ-02."""
    shift = _bd09_shift(latitude, longitude)
    return latitude + shift[0], longitude + shift[1]


def gcj02(latitude: float, longitude: float) -> Point:
    """From WGS 84."""
    if not _in_rectangle(latitude, longitude, 0.0):
        return latitude, longitude
    shift = _gcj02_shift(latitude, longitude)
    return latitude + shift[0], longitude + shift[1]


def _in_rectangle(latitude: float, longitude: float, wider: float) -> bool:
    inside = 0.8293 - wider <= latitude <= 55.8271 + wider
    return inside and 72.004 - wider <= longitude <= 137.8347 + wider


def _bd09_shift(latitude: float, longitude: float) -> Shift:
    """Turned about the origin by some millionths, which needs no angle, and stretched."""
    radius = sqrt(longitude * longitude + latitude * latitude)
    stretch, stretch_north = 0.00002 * sin(latitude * BD_TURN), 0.00002 * BD_TURN * cos(latitude * BD_TURN)
    turn, turn_east = 0.000003 * cos(longitude * BD_TURN), -0.000003 * BD_TURN * sin(longitude * BD_TURN)
    longer = stretch / radius if radius > 0.0 else 0.0
    side, less = turn * (1.0 - turn * turn / 6.0), -0.5 * turn * turn  # its sine, and its cosine less one
    up, right = latitude * less + longitude * side, longitude * less - latitude * side
    up, right = up + longer * (latitude + up), right + longer * (longitude + right)
    per = stretch_north / radius if radius > 0.0 else 0.0
    slopes = per * latitude, longitude * turn_east + turn, per * longitude - turn, -latitude * turn_east
    return up + 0.006, right + 0.0065, slopes[0], slopes[1], slopes[2], slopes[3]


def _gcj02_shift(latitude: float, longitude: float) -> Shift:
    """Sines of multiples are made of those of the least: that is twice as fast as asking for each."""
    x, y = longitude - 105.0, latitude - 35.0
    x_30, x_30c = sin(x / 30.0 * pi), cos(x / 30.0 * pi)
    x_12, x_12c = sin(x / 12.0 * pi), cos(x / 12.0 * pi)
    x_3, x_3c = _twice(*_twice(x_12, x_12c))
    x_1, x_1c = _thrice(x_3, x_3c)
    x2, x2c = _twice(x_1, x_1c)
    x6, x6c = _thrice(x2, x2c)
    y_30, y_30c = sin(y / 30.0 * pi), cos(y / 30.0 * pi)
    y_12, y_12c = sin(y / 12.0 * pi), cos(y / 12.0 * pi)
    y_3, y_3c = _twice(*_twice(y_12, y_12c))
    y_1, y_1c = _thrice(y_3, y_3c)
    root = sqrt(abs(x))
    waves, swing = (20.0 * x6 + 20.0 * x2) * THIRDS, (120.0 * x6c + 40.0 * x2c) * THIRDS * pi
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * y_1 + 40.0 * y_3 + 160.0 * y_12 + 320.0 * y_30) * THIRDS
    north_by_north = 3.0 + 0.4 * y + 0.1 * x
    north_by_north += (20.0 * y_1c + 40.0 / 3.0 * y_3c + 160.0 / 12.0 * y_12c + 320.0 / 30.0 * y_30c) * THIRDS * pi
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * x_1 + 40.0 * x_3 + 150.0 * x_12 + 300.0 * x_30) * THIRDS
    east_by_east = 1.0 + 0.2 * x + 0.1 * y + swing
    east_by_east += (20.0 * x_1c + 40.0 / 3.0 * x_3c + 150.0 / 12.0 * x_12c + 10.0 * x_30c) * THIRDS * pi
    angle = latitude / 180.0 * pi
    sine = sin(angle)
    curve = 1.0 - ECCENTRICITY * sine * sine
    rise = 180.0 * curve * sqrt(curve) / (AXIS * (1.0 - ECCENTRICITY) * pi)  # degrees a metre
    run = 180.0 * sqrt(curve) / (AXIS * cos(angle) * pi)
    by_east = (2.0 + 0.1 * y + swing) * rise
    return north * rise, east * run, north_by_north * rise, by_east, (2.0 + 0.1 * x) * run, east_by_east * run


def _twice(sine: float, cosine: float) -> Point:
    """Sine and cosine of the double angle."""
    return 2.0 * sine * cosine, 1.0 - 2.0 * sine * sine


def _thrice(sine: float, cosine: float) -> Point:
    return sine * (3.0 - 4.0 * sine * sine), cosine * (4.0 * cosine * cosine - 3.0)
