"""Where the demo county's villages lie and how many people live there: invented, since no source says so."""

from datetime import date
from functools import cache
from importlib.resources import files
from math import cos, pi, radians, sin
from random import Random
from typing import Any

import shapely

from fenghuo.kernel.access.models import Region

FARTHEST = 3500.0  # metres from the town's middle
METRES_A_DEGREE = 111_195.0
COUNTED = date(2020, 11, 1)  # the day of the seventh census; the figures are not its
UNPLACED, UNCOUNTED = 0.03, 0.06  # parts of which a real county does not know where they lie, how many live there


def invented(code: str, town: Region) -> dict[str, Any]:
    """`latitude`, `longitude`, `position_estimated`, `people`, `people_as_of`; some are left unknown, as in life.

    From the code alone: whatever else is invented before or after, the same village lies in the same place.
    """
    dice = Random(f"village {code}")  # noqa: S311 - nothing secret
    said: dict[str, Any] = {}
    place = _place(dice, town)
    if dice.random() >= UNPLACED and place is not None:
        said |= {"latitude": place[0], "longitude": place[1], "position_estimated": True}
    people = round(dice.triangular(350, 4200, 1400), -1)
    if dice.random() >= UNCOUNTED:
        said |= {"people": int(people), "people_as_of": COUNTED}
    return said


def _place(dice: Random, town: Region) -> tuple[float, float] | None:
    """Somewhere around the town, inside the county."""
    if town.latitude is None or town.longitude is None:
        return None
    for _try in range(40):
        far, turn = FARTHEST * dice.random() ** 0.5, 2 * pi * dice.random()
        latitude = round(town.latitude + far * sin(turn) / METRES_A_DEGREE, 5)
        longitude = round(town.longitude + far * cos(turn) / METRES_A_DEGREE / cos(radians(town.latitude)), 5)
        if shapely.contains_xy(_county(), longitude, latitude):
            return latitude, longitude
    return None


@cache
def _county() -> shapely.Geometry:
    shape = shapely.from_geojson(files(__package__).joinpath("data", "boundary.geojson").read_text(encoding="utf-8"))
    shapely.prepare(shape)
    return shape
