"""How long personal information is kept, row by row, and on which bases it is destroyed (ERL24 art. 84–85, PIPL)."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from .sources import SOURCES, citation

SUBJECTS = ("incident", "report", "quarantined", "incoming", "draft", "upload", "import")
CERTAINTIES = ("V", "C", "K", "?")
SHORTEST = 1  # days: a rule that destroys at once what somebody still works with is a mistake
LONGEST = 36500
_DAYS = re.compile(r"(\d{1,5})d")


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis of a destruction order. `source` "" when the order itself must say which."""

    id: str
    source: str
    article: str
    certainty: str
    said: tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Retention:
    """One rule. The law asks for destruction (`source`, `certainty`); the span may be the county's (`span_certainty`).

    Does nothing while it is not `active`.
    """

    id: str
    subject: str
    said: tuple[str, str]
    days: int
    active: bool
    source: str
    article: str
    certainty: str
    span_certainty: str
    in_force_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        return self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)

    def before(self, now: datetime) -> datetime:
        """What began before this moment has been kept long enough."""
        return now - timedelta(days=self.days)

    @property
    def cited(self) -> str:
        """In Chinese, for the order itself: what is the county's is said to be the county's."""
        said = citation(self.source, self.article)
        if self.certainty not in ("V", "?"):
            said += "（未核对原文）"
        return f"{said}；保存{self.days}日{'为本县设定' if self.span_certainty == '?' else ''}"


def retention_rules(own: Path | None = None) -> dict[str, Retention]:
    """All rules by id. `own`: the county's file of the same columns, whose rows replace those of the same id.

    Raises: ValueError naming the row and what is wrong with it.
    """
    shipped = _shipped()
    if own is None or not own.is_file():
        return shipped
    with own.open(encoding="utf-8-sig") as file:
        return shipped | read_rules(file)


@cache
def bases() -> dict[str, Basis]:
    with files(__package__).joinpath("bases.csv").open(encoding="utf-8") as file:
        return {
            row["id"]: Basis(row["id"], row["source"], row["article"], row["certainty"], (row["zh"], row["en"]))
            for row in csv.DictReader(file)
        }


@cache
def _shipped() -> dict[str, Retention]:
    with files(__package__).joinpath("retention.csv").open(encoding="utf-8") as file:
        return read_rules(file)


def read_rules(lines: Iterable[str]) -> dict[str, Retention]:
    """Rows by id. Raises: ValueError naming the row, also when two rows have the same id."""
    found: dict[str, Retention] = {}
    for row in csv.DictReader(lines):
        rule = _row(row)
        if rule.id in found:
            raise ValueError(f"retention {rule.id}: stands there twice")
        found[rule.id] = rule
    return found


def _row(row: dict[str, str]) -> Retention:
    try:
        source = SOURCES[row["source"]]
        match = _DAYS.fullmatch(row["keep"])
        days = int(match[1]) if match else 0
        if not SHORTEST <= days <= LONGEST:
            raise ValueError(f"keep must be a number of days from {SHORTEST}d to {LONGEST}d, not {row['keep']!r}")
        if not row["id"]:
            raise ValueError("a rule needs an id")
        return Retention(
            id=row["id"],
            subject=_one_of("subject", row["subject"], SUBJECTS),
            said=(row["zh"], row["en"]),
            days=days,
            active=_one_of("active", row["active"], ("yes", "no")) == "yes",
            source=row["source"],
            article=row["article"],
            certainty=_one_of("certainty", row["certainty"], CERTAINTIES),
            span_certainty=_one_of("span_certainty", row["span_certainty"], CERTAINTIES),
            in_force_from=date.fromisoformat(row["in_force_from"] or source.in_force_from),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
    except KeyError as error:
        raise ValueError(f"retention {row.get('id') or '?'}: {error} is missing or unknown") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"retention {row.get('id') or '?'}: {error}") from error


def _one_of(column: str, said: str, allowed: tuple[str, ...]) -> str:
    if said not in allowed:
        raise ValueError(f"{column} must be one of {' '.join(allowed)}, not {said!r}")
    return said
