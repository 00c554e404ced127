"""What is looked at when plans are checked on the spot (2.2, 专项检查), as data that a county may override.

A row: id, kinds of unit (words of WHO; empty: all), the question in both languages, source and certainty. A question is
worded so that "no" is a finding.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from .plan_duties import WHO
from .plan_kinds import CERTAINTIES
from .sources import SOURCES, cited

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
    """All rows by id, in their order. `own`: the county's file of the same columns, whose rows replace those of the
    same id; rows of it that cannot be used are left out, and `own_flaws` names them.
    """
    return _shipped() | _read_own(own)[0]


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return _read_own(own)[1]


@cache
def _shipped() -> dict[str, CheckQuestion]:
    with files(__package__).joinpath("plan_checks.csv").open(encoding="utf-8") as file:
        questions, flaws = read_questions(file)
    if flaws:
        raise ValueError("\n".join(flaws))
    return questions


def _read_own(own: Path | None) -> tuple[dict[str, CheckQuestion], list[str]]:
    if own is None or not own.is_file():
        return {}, []
    return _read_file(own, own.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_file(own: Path, _changed: int) -> tuple[dict[str, CheckQuestion], list[str]]:
    try:
        with own.open(encoding="utf-8-sig", newline="") as file:
            return read_questions(file)
    except UnicodeDecodeError:
        return {}, ["plan checks: the file is not written in UTF-8"]


def read_questions(lines: Iterable[str]) -> tuple[dict[str, CheckQuestion], list[str]]:
    """The rows that can be used, by id, and what is wrong with the others."""
    reader = csv.DictReader(lines)
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        return {}, [f"plan checks: the columns {' '.join(lacking)} are missing"]
    questions: dict[str, CheckQuestion] = {}
    flaws = []
    for place, row in enumerate(reader, 2):
        try:
            question = _row(row)
            if question.id in questions:
                raise ValueError(f"{question.id} stands there twice")
            questions[question.id] = question
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            flaws.append(f"plan checks, line {place}: {error}")
    return questions, flaws


def _row(row: dict[str, str]) -> CheckQuestion:
    for name, most in (("id", ID_MOST), ("zh", WORDS_MOST), ("en", WORDS_MOST)):
        if not 0 < len(row[name]) <= most:
            raise ValueError(f"{name} must have 1 to {most} characters")
    if not row["id"].replace("-", "").replace("_", "").isalnum() or not row["id"].isascii():
        raise ValueError(f"id must be of letters, digits, - and _, not {row['id']!r}")
    who = frozenset(row["who"].split())
    if unknown := sorted(who - set(WHO)):
        raise ValueError(f"who: {' '.join(unknown)} is none of {' '.join(WHO)}")
    if row["source"] not in SOURCES:
        raise ValueError(f"{row['source']!r} is no source of sources.csv")
    if row["certainty"] not in CERTAINTIES:
        raise ValueError(f"certainty must be one of {' '.join(CERTAINTIES)}, not {row['certainty']!r}")
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
