"""Names of roads on a sheet: the longest first, each once, none upon another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from .frames import HEIGHT, WIDTH, Frame

MOST = 24
LETTER = 11.0  # units


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    name: str


def labels(
    named: Iterable[tuple[str, BaseGeometry]], frame: Frame, taken: Sequence[tuple[float, float]]
) -> tuple[Label, ...]:
    """`taken`: where other signs stand, (x, y)."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for name, line in named:
        parts[name].append(line)
    found: list[Label] = []
    for name in sorted(parts, key=lambda one: (-sum(line.length for line in parts[one]), one)):
        longest = max(parts[name], key=lambda line: line.length)
        middle = longest.interpolate(0.5, normalized=True)
        x, y = frame.at(middle.x, middle.y)
        half = len(name) * LETTER / 2
        if not (half < x < WIDTH - half and LETTER < y < HEIGHT - LETTER):
            continue
        if any(abs(x - at[0]) < half + 40 and abs(y - at[1]) < 2 * LETTER for at in taken):
            continue
        if any(abs(x - one.x) < half + len(one.name) * LETTER / 2 and abs(y - one.y) < 1.4 * LETTER for one in found):
            continue
        found.append(Label(x, y, name))
        if len(found) == MOST:
            break
    return tuple(found)
