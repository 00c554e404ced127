"""How likely two calls tell of the same event, and why. Pure: numbers and words in, a score with its reasons out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import exp

from rapidfuzz import fuzz

from fenghuo.geo.cells import metres_between

LISTED = 0.35  # below this it is not shown
# Weights of what can be compared; a missing one counts with `UNKNOWN` in its place.
PLACE, TIME, KIND, WORDS = 0.40, 0.22, 0.20, 0.18
UNKNOWN = 0.35
SOON = 75.0  # minutes after which the time speaks half as strongly
NEAR = 1200.0  # metres, likewise
PLACE_RADIUS = 1500.0  # metres by which the position of a named place may be off
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"fire", "forest_fire", "grassland_fire", "gas_leak", "hazardous_chemicals", "fireworks"}),
    frozenset({"geological", "landslide", "rockfall", "debris_flow", "ground_collapse"}),
    frozenset({"flood", "rainstorm", "dam", "typhoon"}),
    frozenset({"weather", "gale", "thunderstorm", "hail", "rainstorm", "utility", "snowstorm", "road_icing"}),
    frozenset({"road_traffic", "road_icing", "rescue_request"}),
    frozenset({"food_safety", "group_poisoning", "unknown_disease", "infectious_disease"}),
)


@dataclass(frozen=True, slots=True)
class Call:
    """What is compared. `at`: when it happened, as far as known; `exact`: the position is the event's own.

    `town`: path of the town or "", `block`: path of the region named; positions WGS 84 degrees or None.
    """

    at: datetime
    latitude: float | None
    longitude: float | None
    exact: bool
    town: str
    block: str
    kind: str
    text: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0 to 1. `why`: reason → number (metres, minutes, per cent of words), in the order of their weight."""

    score: float
    why: Mapping[str, int]


def likeness(one: Call, other: Call) -> Likeness | None:
    """None when they are not alike enough to be shown."""
    why: dict[str, int] = {}
    place, far = _place(one, other, why)
    minutes = abs((one.at - other.at).total_seconds()) / 60
    time = exp(-minutes / SOON * 0.7)
    why["minutes"] = round(minutes)
    kind = _kind(one.kind, other.kind, why)
    caller = bool(one.phone) and one.phone == other.phone
    best = PLACE * place + TIME * time + KIND * kind + WORDS
    if not caller and (best < LISTED or far):
        return None
    words = fuzz.ratio(one.text, other.text) / 100
    if words >= 0.4:
        why["words"] = round(words * 100)
    score = PLACE * place + TIME * time + KIND * kind + WORDS * words
    if kind == 0:
        score *= 0.6
    if minutes > 240:
        score *= 0.5
    if caller:
        why = {"caller": 1, **why}
        score = max(score, 0.85 * time)
    return Likeness(round(min(score, 0.99), 2), why) if score >= LISTED else None


def _place(one: Call, other: Call, why: dict[str, int]) -> tuple[float, bool]:
    """How well the places fit (0 to 1), and whether they are too far apart to be the same."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return _named(one, other, why)
    metres = metres_between(one.latitude, one.longitude, other.latitude, other.longitude)
    if one.exact and other.exact:
        why["metres"] = round(metres)
        return exp(-metres / NEAR * 0.7), metres > 6000
    if _same_village(one, other):
        why["village"] = 1
        return 0.85, False
    beyond = max(0.0, metres - PLACE_RADIUS)
    if one.town and one.town == other.town:
        why["town"] = 1
        return max(0.5, exp(-beyond / NEAR * 0.7) * 0.8), metres > 12_000
    why["metres_about"] = round(metres)
    return exp(-beyond / NEAR * 0.7) * 0.8, metres > 6000


def _named(one: Call, other: Call, why: dict[str, int]) -> tuple[float, bool]:
    if _same_village(one, other):
        why["village"] = 1
        return 0.85, False
    if one.town and other.town:
        if one.town == other.town:
            why["town"] = 1
            return 0.5, False
        return 0.0, True
    return UNKNOWN, False


def _same_village(one: Call, other: Call) -> bool:
    return one.block == other.block and len(one.block) > len(one.town) > 0


def _kind(one: str, other: str, why: dict[str, int]) -> float:
    if not one or not other:
        return UNKNOWN
    if one == other:
        why["kind"] = 1
        return 1.0
    if any(one in family and other in family for family in FAMILIES):
        why["kind_near"] = 1
        return 0.7
    why["kind_other"] = 1
    return 0.0
