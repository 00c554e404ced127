"""Checks of plans for machines that look on: rounds, the units drawn, and what was found. Answers come from pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.kernel.web.machine.cursors import page_of
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from ..models import CheckItem, CheckRound, Finding
from . import selectors

router = Router(tags=["plan checks"])


class RoundOut(Schema):
    """A check of plans on the spot. `drawn`, `checked`: units. `seed`, `digest`: of the draw, with which anybody can
    draw again (docs/algorithms/plan-checks.md); "" before it.
    """

    number: str = Field(examples=["PC-2026-0001"])
    title: str
    organiser: str = Field(examples=["610118000000-EMO"])
    state: Literal["drafted", "drawn", "under_way", "closed"]
    from_day: date
    to_day: date
    correct_days: int
    seed: str = Field(examples=["2026188"])
    seed_source: str
    digest: str
    drawn: int
    checked: int


class RoundPage(Schema):
    items: list[RoundOut]
    next: str | None


class FindingOut(Schema):
    """What has to be put right. `brought_by_hand`: the unit said so on paper, and the organiser entered it."""

    unit: str = Field(examples=["610118007226"])
    item: str = Field(examples=["PC-2026-0001-011"])
    question: str = Field(examples=["drill"])
    state: Literal["issued", "told", "sent_back", "verified"]
    issued_at: datetime
    due_on: date
    late: bool
    told_at: datetime | None
    brought_by_hand: bool
    settled_at: datetime | None


class ItemOut(Schema):
    """A unit that was drawn, and who visits it."""

    number: str = Field(examples=["PC-2026-0001-011"])
    unit: str = Field(examples=["610118007226"])
    name: str
    who: str = Field(examples=["village"])
    checker: str = Field(examples=["610118007000"])
    state: Literal["assigned", "checked"]
    checked_at: datetime | None


class RoundDetail(RoundOut):
    """As far as the token sees it: the whole round to who organises it, else the units that it visits or is above."""

    units: list[ItemOut]


class FindingPage(Schema):
    items: list[FindingOut]
    next: str | None


class RoundsQuery(Schema):
    state: Literal["", "drafted", "drawn", "under_way", "closed"] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class FindingsQuery(Schema):
    """`late`: only those whose day has passed and that are not put right."""

    state: Literal["", "issued", "told", "sent_back", "verified"] = ""
    late: bool = False
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


@router.get("", response={200: RoundPage, **PROBLEMS}, operation_id="plan_checks")
def plan_checks(request: HttpRequest, query: Query[RoundsQuery]) -> dict[str, Any]:
    """The checks of plans that this token may see (scope registers.read)."""
    found = selectors.rounds(actor_of(request)).order_by()
    page = page_of(found.filter(state=query.state) if query.state else found, query.cursor, query.limit)
    return {"items": [_round(row) for row in page.items], "next": page.next}


@router.get("/{number}", response={200: RoundDetail, **PROBLEMS}, operation_id="plan_check")
def plan_check(request: HttpRequest, number: str) -> dict[str, Any]:
    """One check with the units drawn; before it begins only its organiser sees who they are."""
    actor = actor_of(request)
    found = selectors.round_by(actor, number)
    counted = selectors.rounds(actor).get(pk=found.pk)
    return {**_round(counted), "units": [_item(row) for row in selectors.items(actor).filter(round=found)]}


@router.get("/{number}/findings", response={200: FindingPage, **PROBLEMS}, operation_id="plan_check_findings")
def plan_check_findings(request: HttpRequest, number: str, query: Query[FindingsQuery]) -> dict[str, Any]:
    """What was found in a check, page by page; notes and names stay on the pages."""
    found = selectors.findings(actor_of(request), number, state=query.state, late=query.late)
    page = page_of(found, query.cursor, query.limit)
    return {"items": [_finding(row) for row in page.items], "next": page.next}


def _round(row: Any) -> dict[str, Any]:
    said: CheckRound = row
    unit = said.record.unit
    return {
        "number": said.record.number,
        "title": said.record.title,
        "organiser": unit.code if unit else "",
        "state": said.state,
        "from_day": said.from_day,
        "to_day": said.to_day,
        "correct_days": said.correct_days,
        "seed": said.seed,
        "seed_source": said.seed_source,
        "digest": said.digest,
        "drawn": row.drawn,
        "checked": row.checked,
    }


def _item(row: CheckItem) -> dict[str, Any]:
    return {
        "number": row.record.number,
        "unit": row.record.unit.code if row.record.unit else "",
        "name": row.record.title,
        "who": row.who,
        "checker": row.checker.code,
        "state": row.state,
        "checked_at": row.checked_at,
    }


def _finding(row: Finding) -> dict[str, Any]:
    unit = row.item.record.unit
    return {
        "unit": unit.code if unit else "",
        "item": row.item.record.number,
        "question": row.question,
        "state": row.state,
        "issued_at": row.issued_at,
        "due_on": row.due_on,
        "late": selectors.is_late(row),
        "told_at": row.told_at,
        "brought_by_hand": bool(row.brought_by),
        "settled_at": row.settled_at,
    }
