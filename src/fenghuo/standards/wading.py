"""How deep who still gets through on a flooded road, and how much longer it takes. Every row is 本县设定.

No law says it: it depends on the vehicle, the flow and what lies beneath. The steps for cars are those of M. Pregnolato
et al., The impact of flooding on road transport: a depth-disruption function, Transportation Research Part D 55 (2017):
v(w) = 0.0009 w² - 0.5529 w + 86.9448 (km/h, w in mm). A county replaces rows by id in its own file.
"""

from dataclasses import dataclass
from math import inf
from pathlib import Path

from .sources import cited
from .tables import Table, require_basis, require_one_of, require_texts

MODES = ("car", "truck", "bus", "foot")  # those of geo.roads.access; truck is a fire engine
COLUMNS = ("id", "mode", "up_to_cm", "factor", "source", "article", "certainty", "zh", "en")
DEEPEST_CM, SLOWEST = 500, 20.0


@dataclass(frozen=True, slots=True)
class WadingRow:
    """Through water up to `up_to_cm` it takes `factor` times as long."""

    id: str
    mode: str
    up_to_cm: int
    factor: float
    source: str
    article: str
    certainty: str
    zh: str
    en: str

    @property
    def cited(self) -> str:
        return cited(self.source, self.article, self.certainty)


def wading_rows(own: Path | None = None) -> dict[str, WadingRow]:
    """All rows by id; `own`: the county's file, see tables.Table."""
    return ROWS.with_own(own)


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return ROWS.flaws(own)


def wading_factor(mode: str, depth_cm: float, own: Path | None = None) -> float:
    """How many times longer; infinite where the water is deeper than any row of the mode allows, or it has none."""
    if depth_cm == 0:
        return 1.0
    allowed = [row for row in wading_rows(own).values() if row.mode == mode and depth_cm <= row.up_to_cm]
    return min(allowed, key=lambda row: row.up_to_cm).factor if allowed else inf


def _row(row: dict[str, str]) -> WadingRow:
    require_texts(row, "zh", "en")
    require_basis(row)
    require_one_of("mode", row["mode"], MODES)
    depth, factor = int(row["up_to_cm"]), float(row["factor"])
    if not 1 <= depth <= DEEPEST_CM:
        raise ValueError(f"up_to_cm must be a number from 1 to {DEEPEST_CM}, not {depth}")
    if not 1.0 <= factor <= SLOWEST:
        raise ValueError(f"factor must be a number from 1 to {SLOWEST:g}, not {factor:g}")
    texts = {name: row[name] for name in COLUMNS if name not in ("up_to_cm", "factor")}
    return WadingRow(up_to_cm=depth, factor=factor, **texts)


ROWS = Table("wading", COLUMNS, _row)
