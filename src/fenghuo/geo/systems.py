"""In which system a position was probably said, by what is known of the place: outlines that it should lie in, and
places that it should lie at.

Each system reads the position as another place, 100 to 1200 m apart. How well a reading agrees with a hint is reckoned
as the chance that somebody who means a place there is as far off; hints are taken as independent. Where two readings
agree about as well the answer is that one cannot tell, and it is never guessed. docs/algorithms/coordinates.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from .areas import Area
from .cells import metres_between
from .coordinates import SYSTEMS, to_wgs84

SURE = 0.9  # of all three together: with less the answer is that one cannot tell
OUTLINE = 150.0  # metres by which outlines as they are drawn are usually off
MISTAKEN = 0.002  # the hint itself may be wrong: no reading is ever ruled out by one
SAME = 1.0  # metres: readings no farther apart are one and the same

type Point = tuple[float, float]  # latitude, longitude; WGS 84


@dataclass(frozen=True, slots=True)
class Outline:
    """The position should lie inside."""

    name: str
    area: Area


@dataclass(frozen=True, slots=True)
class Spot:
    """The position should lie here; `within`: metres by which it is usually off (a house 30, a village 500)."""

    name: str
    at: Point
    within: float = 100.0


type Hint = Outline | Spot


@dataclass(frozen=True, slots=True)
class Reason:
    """`metres`: how far the reading lies from the spot, or outside of the outline (0: inside)."""

    hint: str
    kind: str  # outline or spot
    metres: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The position read in one system: where it lies, its share of what speaks for all three, and why."""

    crs: str
    at: Point
    share: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`crs`: "" where one cannot tell, and then `why` is one of no hint, too alike, no shift or nowhere near."""

    crs: str
    why: str
    readings: tuple[Reading, ...]


def likely_system(latitude: float, longitude: float, hints: Sequence[Hint]) -> Verdict:
    """All three readings, the likeliest first; equal ones in the order of SYSTEMS. Raises: ValueError (no position)."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is no position")
    places = {crs: to_wgs84(latitude, longitude, crs) for crs in SYSTEMS}
    reasons = {crs: tuple(_reason(at, hint) for hint in hints) for crs, at in places.items()}
    weights = {crs: sum(map(_agrees, found, hints)) for crs, found in reasons.items()}
    best = max(weights.values())
    whole = sum(exp(weight - best) for weight in weights.values())
    readings = [Reading(crs, at, exp(weights[crs] - best) / whole, reasons[crs]) for crs, at in places.items()]
    readings.sort(key=lambda one: -one.share)
    why = _cannot_tell(readings, hints)
    return Verdict("" if why else readings[0].crs, why, tuple(readings))


def _reason(at: Point, hint: Hint) -> Reason:
    if isinstance(hint, Outline):
        return Reason(hint.name, "outline", hint.area.metres_outside(*at))
    return Reason(hint.name, "spot", metres_between(*at, *hint.at))


def _agrees(reason: Reason, hint: Hint) -> float:
    """The logarithm of the chance, up to what all readings share."""
    scale = OUTLINE if isinstance(hint, Outline) else max(hint.within, 1.0)
    return log(max(exp(-0.5 * (reason.metres / scale) ** 2), MISTAKEN))


def _cannot_tell(readings: Sequence[Reading], hints: Sequence[Hint]) -> str:
    if not hints:
        return "no hint"
    first, second = readings[0], readings[1]
    if metres_between(*readings[0].at, *readings[1].at) < SAME:
        return "no shift"  # outside of China WGS 84 and GCJ-02 are the same
    if all(_agrees(reason, hint) <= log(MISTAKEN) for reason, hint in zip(first.reasons, hints, strict=True)):
        return "nowhere near"
    return "too alike" if first.share < SURE or second.share > 1 - SURE else ""
