"""How likely two calls tell of the same event, and why. Pure: numbers and words in, a score or its reasons out."""

from datetime import datetime
from functools import lru_cache
from math import exp
from typing import NamedTuple

from rapidfuzz import fuzz

from fenghuo.geo.cells import metres_between

LISTED = 0.35  # below this it is not shown
WORDS_SAID = 40  # per cent of words below which they are no reason
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


class Call(NamedTuple):
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


class Likeness(NamedTuple):
    """How likely, 0 to 1, and what that was reckoned from: metres apart (None: not known), the fit of kinds 0 to 1,
    per cent of words alike.
    """

    score: float
    caller: bool
    metres: float | None
    minutes: float
    kind: float
    words: float


def likeness(one: Call, other: Call) -> Likeness | None:
    """How likely both tell of the same event; None when they are not alike enough to be shown."""
    minutes = abs((one.at - other.at).total_seconds()) / 60
    time = exp(-minutes / SOON * 0.7)
    metres = _metres(one, other)
    place, far = _place(one, other, metres)
    kind = _kind(one.kind, other.kind)
    caller = bool(one.phone) and one.phone == other.phone
    known = PLACE * place + TIME * time + KIND * kind
    if not caller and (far or known + WORDS < LISTED):
        return None
    words = fuzz.ratio(one.text, other.text)
    score = known + WORDS * words / 100
    if kind == 0:
        score *= 0.6
    if minutes > 240:
        score *= 0.5
    if caller:
        score = max(score, 0.85 * time)
    if score < LISTED:
        return None
    return Likeness(round(min(score, 0.99), 2), caller, metres, minutes, kind, words)


def reasons(one: Call, other: Call, alike: Likeness) -> dict[str, int]:
    """Why they are alike: reason → number (metres, minutes, per cent of words), in the order of their weight."""
    why: dict[str, int] = {"caller": 1} if alike.caller else {}
    why |= _place_why(one, other, alike.metres)
    why["minutes"] = round(alike.minutes)
    if one.kind and other.kind:
        why["kind" if alike.kind == 1 else "kind_near" if alike.kind else "kind_other"] = 1
    if (words := round(alike.words)) >= WORDS_SAID:
        why["words"] = words
    return why


def _place(one: Call, other: Call, metres: float | None) -> tuple[float, bool]:
    """How well the places fit (0 to 1), and whether they are too far apart to be the same."""
    if metres is None:
        if _same_village(one, other):
            return 0.85, False
        if one.town and other.town:
            return (0.5, False) if one.town == other.town else (0.0, True)
        return UNKNOWN, False
    if one.exact and other.exact:
        return exp(-metres / NEAR * 0.7), metres > 6000
    if _same_village(one, other):
        return 0.85, False
    about = exp(-max(0.0, metres - PLACE_RADIUS) / NEAR * 0.7) * 0.8
    if one.town and one.town == other.town:
        return max(0.5, about), metres > 12_000
    return about, metres > 6000


def _place_why(one: Call, other: Call, metres: float | None) -> dict[str, int]:
    if metres is not None and one.exact and other.exact:
        return {"metres": round(metres)}
    if _same_village(one, other):
        return {"village": 1}
    if one.town and one.town == other.town:
        return {"town": 1}
    return {} if metres is None else {"metres_about": round(metres)}


def _metres(one: Call, other: Call) -> float | None:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return metres_between(one.latitude, one.longitude, other.latitude, other.longitude)


def _same_village(one: Call, other: Call) -> bool:
    return one.block == other.block and len(one.block) > len(one.town) > 0


@lru_cache(maxsize=4096)
def _kind(one: str, other: str) -> float:
    if not one or not other:
        return UNKNOWN
    if one == other:
        return 1.0
    return 0.7 if any(one in family and other in family for family in FAMILIES) else 0.0
