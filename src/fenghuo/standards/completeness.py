"""What must be known for the data of a unit to count as complete. No law read so far says it: every row is 本县设定.

A row: the kinds of unit it asks (`@all`), a predicate that a room registered under that name, and its amount (days).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from .sources import SOURCES, cited

ALL = "@all"
COLUMNS = (
    *("id", "kinds", "predicate", "amount", "source", "article", "certainty"),
    *("in_force_from", "valid_to", "zh", "en"),
)
CERTAINTIES = ("V", "C", "K", "?")
LARGEST = 36500


@dataclass(frozen=True, slots=True)
class CompletenessRule:
    """`kinds`: of the unit that is asked, empty for every kind. `amount`: None where the predicate needs none."""

    id: str
    kinds: frozenset[str]
    predicate: str
    amount: int | None
    source: str
    article: str
    certainty: str
    in_force_from: date
    valid_to: date | None
    zh: str
    en: str

    def holds(self, day: date) -> bool:
        return self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def cited(self) -> str:
        """In Chinese; what nobody has read in the law's own text is said to be so."""
        return cited(self.source, self.article, self.certainty)


def completeness_rules(own: Path | None = None) -> dict[str, CompletenessRule]:
    """All rules by id. `own`: the county's file of the same columns, whose rows replace those of the same id.

    Rows of it that cannot be used are left out, so that a slip of the pen stops no page; `own_flaws` names them.
    """
    return _shipped() | _read_own(own)[0]


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return _read_own(own)[1]


@cache
def _shipped() -> dict[str, CompletenessRule]:
    with files(__package__).joinpath("completeness.csv").open(encoding="utf-8") as file:
        rules, flaws = read_rules(file)
    if flaws:
        raise ValueError("\n".join(flaws))
    return rules


def _read_own(own: Path | None) -> tuple[dict[str, CompletenessRule], list[str]]:
    if own is None or not own.is_file():
        return {}, []
    try:
        with own.open(encoding="utf-8-sig", newline="") as file:
            return read_rules(file)
    except UnicodeDecodeError:
        return {}, ["completeness: the file is not written in UTF-8"]


def read_rules(lines: Iterable[str]) -> tuple[dict[str, CompletenessRule], list[str]]:
    """The rows that can be used, by id, and what is wrong with the others."""
    reader = csv.DictReader(lines)
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        return {}, [f"completeness: the columns {' '.join(lacking)} are missing"]
    rules: dict[str, CompletenessRule] = {}
    flaws = []
    for place, row in enumerate(reader, 2):
        try:
            rule = _row(row)
            if rule.id in rules:
                raise ValueError(f"{rule.id} stands there twice")
            rules[rule.id] = rule
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            flaws.append(f"completeness, line {place}: {error}")
    return rules, flaws


def _row(row: dict[str, str]) -> CompletenessRule:
    for name in ("id", "kinds", "predicate", "zh", "en"):
        if not row[name]:
            raise ValueError(f"{name} is empty")
    if row["source"] not in SOURCES:
        raise ValueError(f"{row['source']!r} is no source of sources.csv")
    if row["certainty"] not in CERTAINTIES:
        raise ValueError(f"certainty must be one of {' '.join(CERTAINTIES)}, not {row['certainty']!r}")
    amount = int(row["amount"]) if row["amount"] else None
    if amount is not None and not 1 <= amount <= LARGEST:
        raise ValueError(f"amount must be a number from 1 to {LARGEST}, not {amount}")
    return CompletenessRule(
        id=row["id"],
        kinds=frozenset() if row["kinds"] == ALL else frozenset(row["kinds"].split()),
        predicate=row["predicate"],
        amount=amount,
        source=row["source"],
        article=row["article"],
        certainty=row["certainty"],
        in_force_from=date.fromisoformat(row["in_force_from"] or SOURCES[row["source"]].in_force_from),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        zh=row["zh"],
        en=row["en"],
    )
