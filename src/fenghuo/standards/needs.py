"""Which capabilities an incident asks for, from its kind and figures. No law says it: every row is 本县设定.

A row: kinds (slugs, `@natural` for a category, `@all`), a condition as in thresholds (empty: always), the capability,
and how many teams with it: a number, or figures and a divisor, rounded up: `injured/2`, `(moved+to_move)/200`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from pathlib import Path

from .capabilities import CAPABILITIES
from .kinds import KINDS
from .measures import MEASURES, PEOPLE
from .tables import Table, require_basis, require_one_of
from .thresholds import Comparison, read_condition

_COUNT = re.compile(r"(\d+)|\(?([a-z_+]+)\)?/(\d+)")
COLUMNS = ("id", "kinds", "condition", "capability", "count", "strength", "source", "certainty", "zh", "en")
STRENGTHS = ("must", "should")

type Figures = Mapping[str, Decimal | int | float | None]


@dataclass(frozen=True, slots=True)
class Count:
    """How many teams: the sum of `names` divided by `by`, rounded up; `by` itself when there are no names."""

    names: tuple[str, ...]
    by: int

    def of(self, known: Mapping[str, Decimal]) -> int:
        """At least 1."""
        if not self.names:
            return self.by
        total = sum((known[name] for name in self.names if name in known), Decimal(0))
        return max(1, ceil(total / self.by))


@dataclass(frozen=True, slots=True)
class NeedRow:
    """`must`: without it people or the scene are not safe; else it should be there. `zh`, `en`: why, in words."""

    id: str
    kinds: frozenset[str]
    condition: tuple[Comparison, ...]
    capability: str
    count: Count
    must: bool
    source: str
    certainty: str
    zh: str
    en: str

    def holds(self, known: Mapping[str, Decimal]) -> bool:
        """Unknown is not 0: a sum of which nothing is known does not hold."""
        return all(
            (values := [known[name] for name in one.names if name in known]) and one.holds(sum(values, Decimal(0)))
            for one in self.condition
        )


@dataclass(frozen=True, slots=True)
class Need:
    """`count` teams with this capability, beyond other needs of the same capability. `why`: the row's id."""

    capability: str
    count: int
    must: bool
    why: str


@dataclass(frozen=True, slots=True)
class Needs:
    """`unknown`: figures that rows of this kind ask for and nobody has told."""

    needs: tuple[Need, ...]
    unknown: tuple[str, ...]


def needs_for(kind: str, figures: Figures, *, own: Path | None = None) -> Needs:
    """What an incident of `kind` with these figures asks for, what must be there first.

    Where several rows ask for one capability, the largest number counts; a `should` only for what a `must` leaves.
    Rows of the county's file that cannot be used are left out (`own_flaws`).
    """
    known = {name: Decimal(str(value)) for name, value in figures.items() if value is not None}
    rows = [row for row in need_rows(own).values() if kind in row.kinds]
    holding = [row for row in rows if row.holds(known)]
    asked = dict.fromkeys(name for row in rows for one in row.condition for name in one.names)
    needs = []
    for capability in sorted({row.capability for row in holding}):
        must, because = _largest([row for row in holding if row.capability == capability and row.must], known)
        should, instead = _largest([row for row in holding if row.capability == capability and not row.must], known)
        if must:
            needs.append(Need(capability, must, must=True, why=because))
        if should > must:
            needs.append(Need(capability, should - must, must=False, why=instead))
    needs.sort(key=lambda need: (not need.must, need.capability))
    return Needs(tuple(needs), tuple(name for name in asked if name not in known))


def _largest(rows: list[NeedRow], known: Mapping[str, Decimal]) -> tuple[int, str]:
    """(how many, id of the row that says so); (0, "") without rows; of equals the first by id."""
    counted = sorted((-row.count.of(known), row.id) for row in rows)
    return (-counted[0][0], counted[0][1]) if counted else (0, "")


def need_rows(own: Path | None = None) -> dict[str, NeedRow]:
    """All rows by id; `own`: the county's file, see tables.Table."""
    return NEEDS.with_own(own)


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file: row, value and what is allowed, a sentence each."""
    return NEEDS.flaws(own)


def _row(row: dict[str, str]) -> NeedRow:
    if row["capability"] not in CAPABILITIES:
        raise ValueError(f"unknown capability {row['capability']!r}; known are {', '.join(CAPABILITIES)}")
    require_one_of("strength", row["strength"], STRENGTHS)
    require_basis(row)
    return NeedRow(
        id=row["id"],
        kinds=_kinds(row["kinds"]),
        condition=read_condition(row["condition"]) if row["condition"] else (),
        capability=row["capability"],
        count=_count(row["count"]),
        must=row["strength"] == "must",
        source=row["source"],
        certainty=row["certainty"],
        zh=row["zh"],
        en=row["en"],
    )


def _kinds(said: str) -> frozenset[str]:
    found: set[str] = set()
    for word in said.split():
        group = {slug for slug, kind in KINDS.items() if word in ("@all", f"@{kind.category}") or word == slug}
        if not group:
            raise ValueError(
                f"unknown kind {word!r}; a slug of kinds.csv, @all, @natural, @accident, @health, @security"
            )
        found |= group
    if not found:
        raise ValueError("name at least one kind, or @all")
    return frozenset(found)


def _count(said: str) -> Count:
    match = _COUNT.fullmatch(said)
    if match is None or int(match[1] or match[3]) == 0:
        raise ValueError(f"count is {said!r}; a number from 1, or figures divided by one: injured/2")
    if match[1]:
        return Count((), int(match[1]))
    names = tuple(match[2].split("+"))
    if unknown := [name for name in names if name not in PEOPLE and name not in MEASURES]:
        raise ValueError(f"count names the unknown figures {', '.join(unknown)}")
    return Count(names, int(match[3]))


NEEDS = Table("needs", COLUMNS, _row)
