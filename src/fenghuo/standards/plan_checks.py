"""What is looked at when plans are checked on the spot (2.2, 专项检查), as data that a county may override.

A row: id, kinds of unit (words of WHO; empty: all), the question in both languages, source and certainty. A question is
worded so that "no" is a finding.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .plan_duties import WHO
from .sources import SOURCES, cited
from .tables import Table, require_basis

COLUMNS = ("id", "who", "source", "article", "certainty", "in_force_from", "valid_to", "zh", "en")
ID_MOST, WORDS_MOST = 48, 200


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """`who`: empty for every kind of unit."""

    id: str
    who: frozenset[str]
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
        return cited(self.source, self.article, self.certainty)


def check_questions(own: Path | None = None) -> dict[str, CheckQuestion]:
    """All rows by id, in their order; `own`: the county's file, see tables.Table."""
    return QUESTIONS.with_own(own)


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return QUESTIONS.flaws(own)


def _row(row: dict[str, str]) -> CheckQuestion:
    for name, most in (("id", ID_MOST), ("zh", WORDS_MOST), ("en", WORDS_MOST)):
        if not 0 < len(row[name]) <= most:
            raise ValueError(f"{name} must have 1 to {most} characters")
    if not row["id"].replace("-", "").replace("_", "").isalnum() or not row["id"].isascii():
        raise ValueError(f"id must be of letters, digits, - and _, not {row['id']!r}")
    who = frozenset(row["who"].split())
    if unknown := sorted(who - set(WHO)):
        raise ValueError(f"who: {' '.join(unknown)} is none of {' '.join(WHO)}")
    require_basis(row)
    return CheckQuestion(
        id=row["id"],
        who=who,
        source=row["source"],
        article=row["article"],
        certainty=row["certainty"],
        in_force_from=date.fromisoformat(row["in_force_from"] or SOURCES[row["source"]].in_force_from),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        zh=row["zh"],
        en=row["en"],
    )


QUESTIONS = Table("plan_checks", COLUMNS, _row)
