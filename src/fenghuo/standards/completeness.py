"""What must be known for the data of a unit to count as complete. No law read so far says it: every row is 本县设定.

A row: the kinds of unit it asks (`@all`), a predicate that a room registered under that name, and its amount (days).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .sources import SOURCES, cited
from .tables import Table, require_basis, require_texts

ALL = "@all"
COLUMNS = (
    *("id", "kinds", "predicate", "amount", "source", "article", "certainty"),
    *("in_force_from", "valid_to", "zh", "en"),
)
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
    """All rules by id; `own`: the county's file, see tables.Table."""
    return RULES.with_own(own)


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return RULES.flaws(own)


def _row(row: dict[str, str]) -> CompletenessRule:
    require_texts(row, "kinds", "predicate", "zh", "en")
    require_basis(row)
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


RULES = Table("completeness", COLUMNS, _row)
