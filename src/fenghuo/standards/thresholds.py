"""Thresholds that grade an incident, row by row, as laws and plans give them.

A row's condition is one or more comparisons that must all hold: `dead>=30`, `magnitude>=6 & population_density>=2`;
what stands before the sign may be a sum (`dead+missing`). 以上 is >=, 以下 is <.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from .kinds import KINDS
from .measures import MEASURES, PEOPLE
from .sources import SOURCES

_COMPARISON = re.compile(r"\s*([a-z_+]+)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sum of `names` compared with `bound`. `sign`: >= > < <=."""

    names: tuple[str, ...]
    sign: str
    bound: Decimal

    @property
    def rises(self) -> bool:
        return self.sign[0] == ">"

    def holds(self, value: Decimal) -> bool:
        match self.sign:
            case ">=":
                return value >= self.bound
            case ">":
                return value > self.bound
            case "<=":
                return value <= self.bound
            case _:
                return value < self.bound


@dataclass(frozen=True, slots=True)
class Threshold:
    """One row. `level` 1 (特别重大) to 4 (一般); `grades`: incident, or relief (a province's response level).

    `certainty`: V read in the law, C in a copy elsewhere, K known but not re-read, ? set by this county.
    """

    id: str
    grades: str
    kinds: Mapping[str, str]  # kind → certainty for it
    level: int
    condition: tuple[Comparison, ...]
    source: str
    article: str
    in_force_from: date
    valid_to: date | None
    region_code: str

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)


def thresholds_for(kind: str, *, grades: str = "incident", own: Path | None = None) -> list[Threshold]:
    """The rows of a kind. `own`: the county's file of the same columns, whose rows replace those of the same id."""
    try:
        rows = _shipped() | (read_own_thresholds(own) if own is not None else {})
    except ValueError:  # `fenghuo check` names it; a slip of the pen stops no incident
        rows = _shipped()
    return [row for row in rows.values() if kind in row.kinds and row.grades == grades]


@cache
def _shipped() -> dict[str, Threshold]:
    with files(__package__).joinpath("thresholds.csv").open(encoding="utf-8") as file:
        return read_thresholds(file)


def read_own_thresholds(path: Path) -> dict[str, Threshold]:
    """The rows of the county's file, none when there is no file. Raises: ValueError naming the row that is wrong."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig") as file:
        return read_thresholds(file)


def read_thresholds(lines: Iterable[str]) -> dict[str, Threshold]:
    """Rows by id. Raises: ValueError naming the row and what is wrong with it."""
    tables = _tables()
    return {row["id"]: _row(row, tables) for row in csv.DictReader(lines)}


@cache
def _tables() -> dict[str, tuple[str, Mapping[str, str]]]:
    """Table → (what it grades, kind → certainty that overrides the row's, empty for the row's own)."""
    with files(__package__).joinpath("threshold_tables.csv").open(encoding="utf-8") as file:
        return {
            row["table"]: (row["grades"], {kind: own for kind, _, own in map(_split, row["kinds"].split())})
            for row in csv.DictReader(file)
        }


def _split(said: str) -> tuple[str, str, str]:
    return said.partition(":")


def _row(row: dict[str, str], tables: dict[str, tuple[str, Mapping[str, str]]]) -> Threshold:
    try:
        grades, kinds = tables[row["table"]]
        if unknown := set(kinds) - set(KINDS):
            raise ValueError(f"unknown kinds {sorted(unknown)}")
        source = SOURCES[row["source"]]
        return Threshold(
            id=row["id"],
            grades=grades,
            kinds={kind: certainty or row["certainty"] for kind, certainty in kinds.items()},
            level=int(row["level"]),
            condition=read_condition(row["condition"]),
            source=row["source"],
            article=row["article"],
            in_force_from=date.fromisoformat(row["in_force_from"] or source.in_force_from),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            region_code=row["region_code"],
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"threshold {row.get('id', '?')}: {error}") from error


def read_condition(said: str) -> tuple[Comparison, ...]:
    """Comparisons joined with &. Raises: ValueError."""
    found = []
    for part in said.split("&"):
        match = _COMPARISON.fullmatch(part)
        if match is None:
            raise ValueError(f"no comparison: {part!r}")
        names = tuple(match[1].split("+"))
        if unknown := set(names) - set(PEOPLE) - set(MEASURES):
            raise ValueError(f"unknown measures {sorted(unknown)}")
        found.append(Comparison(names, match[2], Decimal(match[3])))
    return tuple(found)
