"""Who may use a way in which direction, and how fast: from its tags, by tables that a county may change.

Speeds are of an emergency vehicle that keeps to the law: the table's by class, times the surface's factor, never above
the posted limit. A fire truck also heeds limits of weight, height and width. Conditional limits are not read.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

type Tags = Mapping[str, str]
type Speeds = tuple[float, ...]  # metres per second, in the order of MODES; 0: not this way

MODES = ("car", "truck", "bus", "foot")
# From the general to the special: the last that is said holds.
KEYS = {
    "car": ("access", "vehicle", "motor_vehicle", "motorcar"),
    "truck": ("access", "vehicle", "motor_vehicle", "goods", "hgv", "emergency"),
    "bus": ("access", "vehicle", "motor_vehicle", "psv", "bus"),
    "foot": ("access", "foot"),
}
CLOSED = {"no", "agricultural", "forestry", "discouraged"}
OPEN = {"yes", "designated", "permissive", "destination", "delivery", "customers", "official", "private", "permit"}
# A fire truck of 15 tonnes: GB 7956 leaves the size to the type; a county may own wider ones.
TRUCK = {"maxweight": 15.0, "maxheight": 3.6, "maxwidth": 2.55}
ONEWAY_CLASSES = {"motorway", "motorway_link"}
# All that the following reads: ways that say the same of these have the same speeds.
MATTERS = {
    *chain.from_iterable(KEYS.values()),
    *TRUCK,
    *("highway", "route", "area", "surface", "junction", "maxspeed", "maxspeed:forward", "maxspeed:backward"),
    *("oneway", "oneway:bus", "oneway:psv", "oneway:motor_vehicle"),
}
NUMBER = re.compile(r"\d+(?:\.\d+)?")

ISO_SPAN = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
CLOCK = re.compile(r"\d{1,4}(?::\d{1,2}){0,2}")


@dataclass(frozen=True, slots=True)
class Table:
    """Kilometres an hour by class, in the order of MODES, and factors by surface."""

    speeds: dict[str, tuple[float, ...]]
    surfaces: dict[str, float]


@cache
def shipped() -> Table:
    home = files(__package__)
    return read_table(
        home.joinpath("speeds.csv").read_text(encoding="utf-8"),
        home.joinpath("surfaces.csv").read_text(encoding="utf-8"),
    )


def read_table(speeds: str, surfaces: str) -> Table:
    """Raises: KeyError, ValueError (a row that cannot be read)."""
    return Table(
        {row["class"]: tuple(float(row[mode]) for mode in MODES) for row in csv.DictReader(speeds.splitlines())},
        {row["surface"]: float(row["factor"]) for row in csv.DictReader(surfaces.splitlines())},
    )


def table_with(own_speeds: Path, own_surfaces: Path) -> Table:
    """The shipped table with the county's rows in place of those of the same class or surface."""
    table = shipped()
    own = read_table(
        own_speeds.read_text(encoding="utf-8-sig") if own_speeds.is_file() else "",
        own_surfaces.read_text(encoding="utf-8-sig") if own_surfaces.is_file() else "",
    )
    return Table(table.speeds | own.speeds, table.surfaces | own.surfaces)


def class_of(tags: Tags) -> str:
    """As the table of speeds names it."""
    return "ferry" if tags.get("route") == "ferry" else tags.get("highway", "")


def speeds_of(tags: Tags, table: Table) -> tuple[Speeds, Speeds]:
    """(forward, backward) along the way's own direction."""
    kind = class_of(tags)
    base = table.speeds.get(kind)
    if base is None or tags.get("area") == "yes":
        return (0.0,) * len(MODES), (0.0,) * len(MODES)
    factor = table.surfaces.get(tags.get("surface", ""), 1.0)
    forward, backward = [], []
    for place, mode in enumerate(MODES):
        speed = base[place] * (factor if mode != "foot" else 1.0)
        allowed = _allowed(tags, mode, usual=speed > 0)
        speed = (speed or _least(mode)) if allowed else 0.0
        ahead, back = (True, True) if mode == "foot" else _ways(tags, kind, mode)
        forward.append(_limited(tags, speed, mode, "forward") if ahead else 0.0)
        backward.append(_limited(tags, speed, mode, "backward") if back else 0.0)
    return tuple(forward), tuple(backward)


def _allowed(tags: Tags, mode: str, *, usual: bool) -> bool:
    """By the most special key that says something; private ways are open to those who come to help."""
    for key in reversed(KEYS[mode]):
        said = tags.get(key)
        if said in CLOSED:
            return False
        if said in OPEN:
            # "access=yes" on a footway opens it to walkers, not to cars.
            return usual or key not in ("access", "vehicle")
    return usual and not (mode == "truck" and _too_large(tags))


def _too_large(tags: Tags) -> bool:
    return any((limit := _number(tags.get(key, ""))) is not None and limit < own for key, own in TRUCK.items())


def _ways(tags: Tags, kind: str, mode: str) -> tuple[bool, bool]:
    said = tags.get("oneway:bus") or tags.get("oneway:psv") if mode == "bus" else None
    said = said or tags.get("oneway:motor_vehicle") or tags.get("oneway", "")
    if said in ("yes", "true", "1"):
        return True, False
    if said in ("-1", "reverse"):
        return False, True
    if said in ("no", "false", "0", "alternating", "reversible"):
        return True, True
    around = tags.get("junction") in ("roundabout", "circular") or kind in ONEWAY_CLASSES
    return True, not around


def _limited(tags: Tags, kmh: float, mode: str, way: str) -> float:
    """Metres per second."""
    if mode != "foot":
        limit = _number(tags.get(f"maxspeed:{way}", "") or tags.get("maxspeed", ""))
        if limit:
            mph = "mph" in (tags.get(f"maxspeed:{way}", "") or tags.get("maxspeed", ""))
            kmh = min(kmh, limit * 1.609344) if mph else min(kmh, limit)
    return kmh / 3.6


def _least(mode: str) -> float:
    """Where the class has no speed and a sign lets this mode in all the same."""
    return 5.0 if mode == "foot" else 10.0


def seconds_said(duration: str) -> float:
    """Of "15", "00:15", "1:30:00" (minutes first, then hours and minutes) or "PT1H30M"; 0 where it is none of them."""
    if found := ISO_SPAN.fullmatch(duration.strip()):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return 3600 * hours + 60 * minutes + seconds
    if not CLOCK.fullmatch(duration.strip()):
        return 0.0
    parts = [int(part) for part in duration.strip().split(":")]
    hours, minutes, seconds = {1: (0, *parts, 0), 2: (*parts, 0), 3: parts}[len(parts)]
    return 3600.0 * hours + 60 * minutes + seconds


def _number(said: str) -> float | None:
    found = NUMBER.search(said)
    return float(found[0]) if found else None
