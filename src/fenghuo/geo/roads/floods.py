"""How much longer a road takes under water of a depth, and from which depth nobody passes: a table for each mode.

For cars the steps are those of M. Pregnolato et al., The impact of flooding on road transport: a depth-disruption
function, Transportation Research Part D 55 (2017): v(w) = 0.0009 w² - 0.5529 w + 86.9448 (km/h, w in mm). The other
rows are what a county sets (本县设定). Currents, mud and what lies under the water are not in it.
"""

import csv
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import inf
from pathlib import Path

from .access import MODES

type Floods = Mapping[str, tuple[tuple[float, float], ...]]  # mode → (up to this depth in metres, factor), rising


@cache
def shipped_floods() -> Floods:
    return read_floods(files(__package__).joinpath("floods.csv").read_text(encoding="utf-8"))


def floods_with(own: Path) -> Floods:
    """The shipped table; a mode that the county's own file names has the county's rows only. Raises: ValueError."""
    return {**shipped_floods(), **(read_floods(own.read_text(encoding="utf-8-sig")) if own.is_file() else {})}


def read_floods(text: str) -> Floods:
    """Raises: ValueError (a row that cannot be read, or says that water makes one faster)."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            mode, depth, factor = row["mode"], float(row["depth_m"]), float(row["factor"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"row {number}: mode, depth_m and factor are needed ({error})") from error
        if mode not in MODES or not (0 < depth < inf and factor >= 1):
            raise ValueError(f"row {number}: {mode}, {depth}, {factor}: a mode, a depth above 0, a factor of 1 or more")
        rows.setdefault(mode, []).append((depth, factor))
    found = {mode: tuple(sorted(steps)) for mode, steps in rows.items()}
    for mode, steps in found.items():
        if any(one[1] > other[1] for one, other in pairwise(steps)):
            raise ValueError(f"{mode}: deeper water must not be faster")
    return found


def factor_in_water(depth: float, mode: str, floods: Floods) -> float:
    """1 where there is none, infinite where this mode does not pass. `depth`: metres. Raises: ValueError, KeyError."""
    if not depth >= 0:
        raise ValueError("a depth is 0 metres or more")
    steps = floods[mode]
    place = bisect_left([up_to for up_to, _factor in steps], depth)
    if depth == 0:
        return 1.0
    return steps[place][1] if place < len(steps) else inf
