"""Kinds of papers that go up (报送备案): from whom, to whom, which enclosures, until when, and what silence means.

What a law says of a kind stands with its source; steps, forwarding and the form of the receipt's number are always
the county's own (本县设定). Spans stand in deadlines.csv and are named here by their rule.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from .region_codes import significant
from .sources import cited
from .tables import Table, require_basis, require_one_of, require_texts

COLUMNS = (
    *("id", "zh", "en", "from", "to", "subject", "due", "marks", "silence", "papers", "steps", "forward", "receipt"),
    *("source", "article", "certainty", "in_force_from", "valid_to", "region_code"),
)
# To whom: the nearest such unit above the sender in its block, or the department that supervises it.
TO: dict[str, tuple[str, str]] = {
    "township": ("所在镇街", "township or street office above"),
    "emergency_office": ("本级应急管理部门", "emergency department of the block"),
    "government": ("本级人民政府", "government of the block"),
    "department": ("该事项的主管部门", "supervising department for the subject"),
    "main_department": ("主要主管部门", "main supervising department"),
    "superior": ("上级机关", "authority above the county"),
}
RECEIPT = "{region}-{year}-{seq}"  # [?] practice of authorities: region of 6 digits, year, 4 digits
_STEP = re.compile(r"[a-z_]+")
_ID = re.compile(r"[a-z0-9_]{1,48}")


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing of the checklist."""

    id: str
    zh: str
    en: str
    source: str
    article: str
    certainty: str

    @property
    def cited(self) -> str:
        return cited(self.source, self.article, self.certainty)


@dataclass(frozen=True, slots=True)
class SubmissionRule:
    """One kind in one wording. `due`, `silence`: ids of deadlines.csv, or "".

    `steps`: roles in the receiving unit, those of one tuple side by side, one tuple after the other; empty for anyone
    who works there. `needed` and `optional`: the checklist. `silence`: by this rule, no answer in time is acceptance.
    """

    id: str
    zh: str
    en: str
    senders: frozenset[str]
    to: str
    subject: str
    due: str
    marks: frozenset[str]
    silence: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    forward: str
    receipt: str
    source: str
    article: str
    certainty: str
    in_force_from: date
    valid_to: date | None
    region_code: str

    def holds(self, day: date, region_code: str = "") -> bool:
        inside = region_code.startswith(self.region_code[: significant(self.region_code)])
        return inside and self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def papers(self) -> tuple[str, ...]:
        return (*self.needed, *self.optional)

    @property
    def cited(self) -> str:
        return cited(self.source, self.article, self.certainty)


@dataclass(frozen=True, slots=True)
class SubmissionRules:
    """In all wordings, the county's own first, then by place and day."""

    rows: tuple[SubmissionRule, ...]

    def choose(self, kind: str, day: date, region_code: str = "") -> SubmissionRule | None:
        """The wording of that day and place; None when there is none."""
        return next((row for row in self.rows if row.id == kind and row.holds(day, region_code)), None)

    def get(self, kind: str) -> SubmissionRule | None:
        """The first wording whatever the day, for its name."""
        return next((row for row in self.rows if row.id == kind), None)

    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.id for row in self.rows))


def submission_rules(own: Path | None = None) -> SubmissionRules:
    """`own`: the county's file of the same columns; its rows go before the shipped ones of the same id.

    Rows of it that cannot be used are left out; `own_flaws` names them.
    """
    return SubmissionRules((*_ordered(KINDS.own(own)), *_shipped()))


def own_flaws(own: Path) -> list[str]:
    """What is wrong with the county's file, a sentence each."""
    return KINDS.flaws(own)


@cache
def papers() -> dict[str, Paper]:
    """Everything that a checklist may name."""
    with files(__package__).joinpath("submission_papers.csv").open(encoding="utf-8") as file:
        return {row["id"]: Paper(**row) for row in csv.DictReader(file)}


@cache
def _shipped() -> tuple[SubmissionRule, ...]:
    return tuple(_ordered(KINDS.shipped))


def _ordered(rows: Mapping[str, SubmissionRule]) -> list[SubmissionRule]:
    """Those of smaller regions and newer ones first."""
    return sorted(rows.values(), key=lambda row: (significant(row.region_code), row.in_force_from), reverse=True)


def _row(row: dict[str, str]) -> SubmissionRule:
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"{row['id']!r} is no id: small letters, digits and _, at most 48")
    require_texts(row, "zh", "en", "from")
    require_one_of("to", row["to"], TO)
    require_basis(row)
    named = row["papers"].split()
    for name in named:
        require_one_of("papers", name.rstrip("?"), papers())
    return SubmissionRule(
        id=row["id"],
        zh=row["zh"],
        en=row["en"],
        senders=frozenset(row["from"].split()),
        to=row["to"],
        subject=row["subject"],
        due=row["due"],
        marks=frozenset(row["marks"].split()),
        silence=row["silence"],
        needed=tuple(name for name in named if not name.endswith("?")),
        optional=tuple(name.rstrip("?") for name in named if name.endswith("?")),
        steps=_steps(row["steps"]),
        forward=row["forward"],
        receipt=_receipt(row["receipt"]),
        source=row["source"],
        article=row["article"],
        certainty=row["certainty"],
        in_force_from=_day(row["in_force_from"]) or date.min,
        valid_to=_day(row["valid_to"]),
        region_code=row["region_code"],
    )


def _steps(said: str) -> tuple[tuple[str, ...], ...]:
    """`clerk+duty_leader>head`: two side by side, then one."""
    steps = tuple(tuple(part.strip() for part in step.split("+")) for step in said.split(">")) if said else ()
    for role in (role for step in steps for role in step):
        if not _STEP.fullmatch(role):
            raise ValueError(f"{said!r} are no steps: roles with + (side by side) and > (one after the other)")
    return steps


def _receipt(said: str) -> str:
    form = said or RECEIPT
    try:
        form.format(region="610118", year=2026, seq="0001")
    except (KeyError, IndexError, ValueError):
        raise ValueError(f"{said!r} is no form of a number: it may hold {{region}}, {{year}} and {{seq}}") from None
    if "{seq}" not in form:
        raise ValueError(f"{said!r} has no {{seq}}, so that all receipts would have one number")
    return form


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


KINDS = Table("submission_kinds", COLUMNS, _row, once=("id", "in_force_from", "region_code"))
