"""The lists that a person wrote of the plans in plans/, and what a draft says in the same terms."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from fenghuo.standards.extraction.writing import PLAIN
from fenghuo.standards.workplans.answers import DraftTarget, Due, DueKind, Quota, UnitWords

PLANS = Path(__file__).parent / "plans"
UNSAID = {"exactly": "", "at_least": ">=", "at_most": "<=", "about": "~"}


@dataclass(frozen=True)
class Target:
    """`text`: first words…last words."""

    text: str
    lead: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    receiving: list[str] = field(default_factory=list)
    dues: list[str] = field(default_factory=list)
    quotas: list[str] = field(default_factory=list)
    inherited: bool = False

    def is_text_of(self, words: str) -> bool:
        first, _, last = self.text.partition("…")
        bare = even(words)
        return bare.startswith(even(first)) and bare.endswith(even(last))


@dataclass(frozen=True)
class Clause:
    number: str
    title: str
    targets: list[Target]


@dataclass(frozen=True)
class Expected:
    year: int
    title: str
    chapters: list[str]
    gaps: list[str]
    clauses: list[Clause]


def expected(name: str) -> Expected:
    data = tomllib.loads((PLANS / f"{name}.toml").read_text(encoding="utf-8"))
    clauses = [
        Clause(one["number"], one["title"], [Target(**target) for target in one["targets"]]) for one in data["clause"]
    ]
    return Expected(data["year"], data.get("title", ""), data["chapters"], data.get("gaps", []), clauses)


def even(words: str) -> str:
    return "".join(words.translate(PLAIN).split())


def unit_words(units: tuple[UnitWords, ...]) -> list[str]:
    return [even(unit.words) for unit in units]


def due_said(due: Due) -> str:
    if due.kind is DueKind.UNDATED:
        return f"{even(due.words)} = -"
    stretch = f"{due.first}..{due.last}" if due.first else f"{due.last}"
    return f"{even(due.words)} = {stretch}" + ("" if due.certain else " ?")


def quota_said(quota: Quota) -> str:
    if quota.low is None and quota.high is None:
        return f"{even(quota.words)} = {quota.recurrence}"
    if quota.comparison == "between":
        number = f"{quota.low}..{quota.high}"
    else:
        number = UNSAID[quota.comparison] + f"{quota.low if quota.low is not None else quota.high}"
    often = "" if quota.recurrence == "once" else f" {quota.recurrence}"
    return f"{even(quota.words)} = {number} {quota.unit}{often}"


def said(target: DraftTarget) -> Target:
    return Target(
        even(target.tidy),
        unit_words(target.lead),
        unit_words(target.supporting),
        unit_words(target.receiving),
        [due_said(due) for due in target.dues],
        [quota_said(quota) for quota in target.quotas],
        any(unit.inherited for unit in target.lead),
    )
