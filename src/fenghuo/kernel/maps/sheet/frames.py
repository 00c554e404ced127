"""What part of the county a sheet shows, and where a position lies on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

import shapely

from fenghuo.geo.areas import METRES_PER_DEGREE

WIDTH, HEIGHT = 680, 470  # units of the drawing, as wide as the text of an A4 page
LEAST_M = 1500.0  # from top to bottom
MARGIN = 0.12  # of the frame, on each side
SCALES = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees; `unit`: degrees of latitude of one unit of the drawing."""

    west: float
    north: float
    unit: float
    narrow: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.narrow / self.unit
        return round(x, 1), round((self.north - latitude) / self.unit, 1)

    @property
    def box(self) -> shapely.Polygon:
        """In longitude and latitude."""
        east = self.west + WIDTH * self.unit / self.narrow
        return shapely.box(self.west, self.north - HEIGHT * self.unit, east, self.north)

    @property
    def scale(self) -> tuple[int, float]:
        """(metres, units) of a bar of about a sixth of the width."""
        metres_a_unit = self.unit * METRES_PER_DEGREE
        metres = min(SCALES, key=lambda one: abs(one / metres_a_unit - WIDTH / 6))
        return metres, round(metres / metres_a_unit, 1)


def frame_around(places: Iterable[tuple[float, float]]) -> Frame:
    """The least frame with all places (latitude, longitude) well inside it."""
    found = list(places)
    south, north = min(at[0] for at in found), max(at[0] for at in found)
    west, east = min(at[1] for at in found), max(at[1] for at in found)
    narrow = max(cos(radians((south + north) / 2)), 0.01)
    least = LEAST_M / METRES_PER_DEGREE
    tall, wide = max(north - south, least) * (1 + 2 * MARGIN), (east - west) * narrow * (1 + 2 * MARGIN)
    unit = max(tall / HEIGHT, wide / WIDTH)
    return Frame(
        west=(west + east) / 2 - WIDTH * unit / narrow / 2,
        north=(south + north) / 2 + HEIGHT * unit / 2,
        unit=unit,
        narrow=narrow,
    )
