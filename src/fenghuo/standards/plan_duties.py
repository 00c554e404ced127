"""Who must have a plan, of which kind, and with whom it is filed (四进), as data that a county may override.

A row: who (words of WHO), for enterprises by size or danger (empty: all), the kind of plan, and as which papers it is
filed (ids of submission_kinds.csv, which say with whom, with what and until when).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .plan_kinds import PLAN_KINDS
from .sources import SOURCES, cited
from .tables import Table, require_basis, require_one_of, require_texts

COLUMNS = (
    *("id", "who", "sizes", "dangers", "plan", "files_as"),
    *("source", "article", "certainty", "in_force_from", "valid_to", "zh", "en"),
)
# The four entries (四进) first; what else may be asked for a plan after them.
ENTRIES = ("village", "community", "enterprise", "school")
WHO = (*ENTRIES, "institution", "association", "township", "department", "emergency_office", "government")
# 统计上大中小微型企业划分办法(2017); above_scale 规模以上: main revenue of an industry from 20 million yuan [K].
SIZES = ("micro", "small", "medium", "large", "above_scale", "unknown")
# D708 art. 7, as far as an enterprise's trade says it.
DANGERS = ("mine", "smelting", "construction", "hazardous", "fireworks", "urban_rail", "crowded")


@dataclass(frozen=True, slots=True)
class PlanDuty:
    """`sizes`, `dangers`: empty for whatever they are. `files_as`: kinds of submission."""

    id: str
    who: frozenset[str]
    sizes: frozenset[str]
    dangers: frozenset[str]
    plan: str
    files_as: tuple[str, ...]
    source: str
    article: str
    certainty: str
    in_force_from: date
    valid_to: date | None
    zh: str
    en: str

    def holds(self, day: date) -> bool:
        return self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)

    def asks(self, who: str, sizes: Collection[str], dangers: Collection[str]) -> bool:
        """`sizes`: of the enterprise, which may be large and above_scale; of one that nobody knows, unknown."""
        if who not in self.who:
            return False
        return (not self.sizes or not self.sizes.isdisjoint(sizes)) and (
            not self.dangers or not self.dangers.isdisjoint(dangers)
        )

    @property
    def cited(self) -> str:
        return cited(self.source, self.article, self.certainty)


def plan_duties(own: Path | None = None) -> dict[str, PlanDuty]:
    """All rows by id; `own`: the county's file, see tables.Table."""
    return DUTIES.with_own(own)


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return DUTIES.flaws(own)


def _row(row: dict[str, str]) -> PlanDuty:
    require_texts(row, "who", "plan", "files_as", "zh", "en")
    require_one_of("plan", row["plan"], PLAN_KINDS)
    require_basis(row)
    return PlanDuty(
        id=row["id"],
        who=_words("who", row["who"], WHO),
        sizes=_words("sizes", row["sizes"], SIZES),
        dangers=_words("dangers", row["dangers"], DANGERS),
        plan=row["plan"],
        files_as=tuple(row["files_as"].split()),
        source=row["source"],
        article=row["article"],
        certainty=row["certainty"],
        in_force_from=date.fromisoformat(row["in_force_from"] or SOURCES[row["source"]].in_force_from),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        zh=row["zh"],
        en=row["en"],
    )


def _words(name: str, said: str, known: tuple[str, ...]) -> frozenset[str]:
    words = frozenset(said.split())
    if unknown := sorted(words - set(known)):
        raise ValueError(f"{name}: {' '.join(unknown)} is none of {' '.join(known)}")
    return words


DUTIES = Table("plan_duties", COLUMNS, _row)
