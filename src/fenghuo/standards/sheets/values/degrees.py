"""Longitude and latitude: decimal degrees, 108°35′20″, 东经108度35分, two in one cell.

China lies between 73 and 136 degrees east and 3 and 54 degrees north: no number is in both, so a swap is seen.
"""

import re
import unicodedata
from decimal import Decimal

from ..book import Raw, Shown
from .numbers import number_of
from .read import NOTHING, Position, Read, Unreadable

EAST = (Decimal(73), Decimal(136))
NORTH = (Decimal(3), Decimal(54))
PLACES = Decimal("0.0000001")  # a centimetre
NUMBER = r"\d{1,3}(?:\.\d+)?"
ANGLE = re.compile(
    rf"(?P<mark>[EWNS]|东经|西经|北纬|南纬|经度|纬度)?:?\s*[+]?(?P<degrees>-?{NUMBER})\s*(?:[°º度˚]\s*"
    rf"(?:(?P<minutes>{NUMBER})\s*['′‘’分´`]\s*)?(?:(?P<seconds>{NUMBER})\s*(?:[\"″“”秒]|''|′′|’’)\s*)?)?(?P<after>[EWNS])?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[\s,;、/|]*")


def read_longitude(raw: Raw) -> Read:
    """Degrees east. A latitude there is refused, unless the whole row is swapped (`swapped`). Raises: Unreadable."""
    return _one(raw, EAST, NORTH, "E东经", "position.latitude_here")


def read_latitude(raw: Raw) -> Read:
    """Degrees north. Raises: Unreadable."""
    return _one(raw, NORTH, EAST, "N北纬", "position.longitude_here")


def read_coordinates(raw: Raw) -> Read:
    """Position from one cell, in whatever order. Raises: Unreadable."""
    if isinstance(raw, bool) or not isinstance(raw, str):
        raise Unreadable("position.two_needed")
    angles = _angles(raw)
    if len(angles) != 2:
        raise Unreadable("position.two_needed")
    (first, _mark), (second, _other) = angles
    if _within(first, EAST) and _within(second, NORTH):
        return Read(Position(second, first))
    if _within(first, NORTH) and _within(second, EAST):
        return Read(Position(first, second))
    raise Unreadable("position.outside")


def swapped(longitude: Raw, latitude: Raw) -> tuple[Read, Read] | None:
    """(longitude, latitude) when each stands in the other's column, else None."""
    try:
        east, north = _one(latitude, EAST, NORTH, "E东经", ""), _one(longitude, NORTH, EAST, "N北纬", "")
    except Unreadable:
        return None
    if east is NOTHING or north is NOTHING:
        return None
    words = ("position.swapped", {"longitude": str(east.value), "latitude": str(north.value)})
    return east._replace(warnings=(words,)), north._replace(warnings=(words,))


def _one(
    raw: Raw, bounds: tuple[Decimal, Decimal], others: tuple[Decimal, Decimal], marks: str, other_here: str
) -> Read:
    if isinstance(raw, Shown):
        raw = raw.value
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Unreadable("position.none")
    if isinstance(raw, str):
        angles = _angles(raw)
        if len(angles) == 2:
            raise Unreadable("position.two_here")
        if not angles:
            raise Unreadable("position.none")
        value, mark = angles[0]
        if mark and mark not in marks:
            raise Unreadable(other_here or "position.none")
    else:
        value = number_of(raw).quantize(PLACES) if abs(raw) < 1000 else number_of(raw)
    if _within(value, bounds):
        return Read(_tidy(value))
    if _within(value, others) and other_here:
        raise Unreadable(other_here)
    raise Unreadable("position.zero" if value == 0 else "position.outside")


def _angles(text: str) -> list[tuple[Decimal, str]]:
    """(degrees, mark) of each angle; empty when the text holds anything else."""
    if len(text) > 100:
        return []
    text = unicodedata.normalize("NFKC", text.replace("´", "'")).strip().strip("()[]")
    found: list[tuple[Decimal, str]] = []
    at = 0
    while at < len(text):
        match = ANGLE.match(text, at)
        if match is None:
            return []
        minutes, seconds = Decimal(match["minutes"] or 0), Decimal(match["seconds"] or 0)
        if minutes >= 60 or seconds >= 60:
            raise Unreadable("position.minutes")
        degrees = Decimal(match["degrees"]) + (minutes + seconds / 60) / 60
        found.append((_tidy(degrees.quantize(PLACES)), (match["mark"] or match["after"] or "").upper().rstrip("度:")))
        at = match.end()
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
    return found


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _tidy(value: Decimal) -> Decimal:
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else value
