"""Deadlines that laws and the county's own rules set, row by row: who must tell whom, until when, counted from when."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from .kinds import KINDS
from .sources import SOURCES
from .thresholds import Comparison, read_condition

# 生产安全事故 of D493: what happens at work. Traffic and fires have rules of their own.
PRODUCTION = (
    *("coal_mine", "mine", "construction", "hazardous_chemicals", "fireworks", "industry_other"),
    "special_equipment",
)
_SPAN = re.compile(r"(\d+)(m|h|d)")
_LEVEL = re.compile(r"level(<=|>=)([1-4])")


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at. `level` is the confirmed level, else the proposed one, else None."""

    kind: str = ""
    level: int | None = None
    sensitive: bool = False
    near_miss: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)


type Condition = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` of minutes (m), hours (h) or calendar days (d; the first day is not counted, the last one whole)."""

    amount: int
    unit: str

    def end(self, start: datetime, zone: tzinfo) -> datetime:
        """The moment at which it has run out."""
        if self.unit == "d":
            day = start.astimezone(zone).date() + timedelta(days=self.amount + 1)
            return datetime.combine(day, time(), zone)
        return start + timedelta(**{"m": {"minutes": self.amount}, "h": {"hours": self.amount}}[self.unit])


@dataclass(frozen=True, slots=True)
class Deadline:
    """One rule. `subject`: report or incident; `anchor`: learned or occurred; `way`: phone, written or "".

    `window`: not a duty but a time within which something counts. `certainty` by kind ("*" for any), as thresholds'.
    """

    id: str
    subject: str
    kinds: Mapping[str, str]
    conditions: tuple[Condition, ...]
    anchor: str
    span: Span
    repeats: bool
    way: str
    window: bool
    giver: tuple[str, str]
    receiver: tuple[str, str]
    what: tuple[str, str]
    source: str
    article: str
    in_force_from: date
    valid_to: date | None
    region_code: str

    def applies(self, facts: Facts, day: date) -> bool:
        """Whether it runs for such an incident on this day."""
        if day < self.in_force_from or (self.valid_to is not None and day > self.valid_to):
            return False
        if "*" not in self.kinds and facts.kind not in self.kinds:
            return False
        return not self.conditions or any(condition(facts) for condition in self.conditions)

    def certainty(self, kind: str) -> str:
        return self.kinds.get(kind) or self.kinds.get("*", "?")


def deadlines(own: Path | None = None) -> dict[str, Deadline]:
    """All rules by id. `own`: the county's file of the same columns, whose rows replace those of the same id."""
    shipped = _shipped()
    if own is None or not own.is_file():
        return shipped
    with own.open(encoding="utf-8-sig") as file:
        return shipped | read_deadlines(file)


@cache
def _shipped() -> dict[str, Deadline]:
    with files(__package__).joinpath("deadlines.csv").open(encoding="utf-8") as file:
        return read_deadlines(file)


def read_deadlines(lines: Iterable[str]) -> dict[str, Deadline]:
    """Rows by id. Raises: ValueError naming the row and what is wrong with it."""
    return {row["id"]: _row(row) for row in csv.DictReader(lines)}


def _row(row: dict[str, str]) -> Deadline:
    try:
        source = SOURCES[row["source"]]
        return Deadline(
            id=row["id"],
            subject=_one_of(row["subject"], "report", "incident"),
            kinds=_kinds(row["kinds"], row["certainty"]),
            conditions=tuple(_condition(part) for part in row["when"].split("|") if part),
            anchor=_one_of(row["anchor"], "learned", "occurred"),
            span=_span(row["span"]),
            repeats=row["repeats"] == "yes",
            way=_one_of(row["way"], "phone", "written", ""),
            window=_one_of(row["duty"], "duty", "window") == "window",
            giver=(row["from_zh"], row["from_en"]),
            receiver=(row["to_zh"], row["to_en"]),
            what=(row["what_zh"], row["what_en"]),
            source=row["source"],
            article=row["article"],
            in_force_from=date.fromisoformat(row["in_force_from"] or source.in_force_from),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            region_code=row["region_code"],
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"deadline {row.get('id', '?')}: {error}") from error


def _one_of(said: str, *allowed: str) -> str:
    if said not in allowed:
        raise ValueError(f"{said!r} is none of {allowed}")
    return said


def _kinds(said: str, certainty: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in said.split():
        name, _, own = word.partition(":")
        if name == "production":
            names: Iterable[str] = PRODUCTION
        elif name == "natural":
            names = [slug for slug, kind in KINDS.items() if kind.category == "natural"]
        elif name == "*" or name in KINDS:
            names = [name]
        else:
            raise ValueError(f"unknown kind {name!r}")
        found |= dict.fromkeys(names, own or certainty)
    return found


def _span(said: str) -> Span:
    match = _SPAN.fullmatch(said)
    if match is None:
        raise ValueError(f"no span: {said!r}")
    return Span(int(match[1]), match[2])


def _condition(said: str) -> Condition:
    match said:
        case "sensitive":
            return lambda facts: facts.sensitive
        case "near_miss":
            return lambda facts: facts.near_miss
        case "ungraded":
            return lambda facts: facts.level is None
    if match := _LEVEL.fullmatch(said):
        bound = int(match[2])
        if match[1] == "<=":
            return lambda facts: facts.level is not None and facts.level <= bound
        return lambda facts: facts.level is not None and facts.level >= bound
    comparisons = read_condition(said)
    return lambda facts: all(_holds(one, facts.figures) for one in comparisons)


def _holds(one: Comparison, figures: Mapping[str, Decimal]) -> bool:
    values = [figures[name] for name in one.names if name in figures]
    return bool(values) and one.holds(sum(values, Decimal(0)))
