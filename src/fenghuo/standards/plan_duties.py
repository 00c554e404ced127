"""Who must have a plan, of which kind, and with whom it is filed (四进), as data that a county may override.

A row: who (words of WHO), for enterprises by size or danger (empty: all), the kind of plan, and as which papers it is
filed (ids of submission_kinds.csv, which say with whom, with what and until when).
"""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from .plan_kinds import CERTAINTIES, PLAN_KINDS
from .sources import SOURCES, cited

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
    """All rows by id. `own`: the county's file of the same columns, whose rows replace those of the same id.

    Rows of it that cannot be used are left out, so that a slip of the pen stops no page; `own_flaws` names them.
    """
    return _shipped() | _read_own(own)[0]


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return _read_own(own)[1]


@cache
def _shipped() -> dict[str, PlanDuty]:
    with files(__package__).joinpath("plan_duties.csv").open(encoding="utf-8") as file:
        duties, flaws = read_duties(file)
    if flaws:
        raise ValueError("\n".join(flaws))
    return duties


def _read_own(own: Path | None) -> tuple[dict[str, PlanDuty], list[str]]:
    if own is None or not own.is_file():
        return {}, []
    return _read_file(own, own.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_file(own: Path, _changed: int) -> tuple[dict[str, PlanDuty], list[str]]:
    try:
        with own.open(encoding="utf-8-sig", newline="") as file:
            return read_duties(file)
    except UnicodeDecodeError:
        return {}, ["plan duties: the file is not written in UTF-8"]


def read_duties(lines: Iterable[str]) -> tuple[dict[str, PlanDuty], list[str]]:
    """The rows that can be used, by id, and what is wrong with the others."""
    reader = csv.DictReader(lines)
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        return {}, [f"plan duties: the columns {' '.join(lacking)} are missing"]
    duties: dict[str, PlanDuty] = {}
    flaws = []
    for place, row in enumerate(reader, 2):
        try:
            duty = _row(row)
            if duty.id in duties:
                raise ValueError(f"{duty.id} stands there twice")
            duties[duty.id] = duty
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            flaws.append(f"plan duties, line {place}: {error}")
    return duties, flaws


def _row(row: dict[str, str]) -> PlanDuty:
    for name in ("id", "who", "plan", "files_as", "zh", "en"):
        if not row[name]:
            raise ValueError(f"{name} is empty")
    if row["plan"] not in PLAN_KINDS:
        raise ValueError(f"plan must be one of {' '.join(PLAN_KINDS)}, not {row['plan']!r}")
    if row["source"] not in SOURCES:
        raise ValueError(f"{row['source']!r} is no source of sources.csv")
    if row["certainty"] not in CERTAINTIES:
        raise ValueError(f"certainty must be one of {' '.join(CERTAINTIES)}, not {row['certainty']!r}")
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
