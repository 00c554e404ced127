"""Coverage for machines, and filing a plan. Plans themselves are a register: /registers/plans (interfaces.md)."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.kernel.access.models import Region
from fenghuo.kernel.web.machine.cursors import page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Part, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body
from fenghuo.standards.submission_kinds import papers

from . import selectors, services
from .checks.api import router as checks
from .models import Duty
from .selectors.coverage import Cell, coverage, lacking

PREFIX = "/plans"
router = Router(tags=["plans"])
router.add_router("/checks", checks)


class CountsOut(Schema):
    """Plans that must be there, by how they stand; `percent`: valid and filed, whole, rounded down."""

    asked: int
    filed: int
    due: int
    drafted: int
    none: int
    percent: int | None


class RowOut(Schema):
    """`place`: code of the town, null for what lies in none; `line`: a subject. One of them."""

    place: str | None = None
    line: str | None = None
    name: str
    whole: CountsOut
    by_kind: dict[str, CountsOut]


class CoverageOut(Schema):
    whole: CountsOut
    entries: CountsOut
    places: list[RowOut]
    lines: list[RowOut]


class LackingOut(Schema):
    """`plan`: number of the one that counts; `reminded_at`: when its holders were last reminded."""

    unit: str
    name: str
    who: str
    kind: str
    state: str
    plan: str | None
    reminded_at: Any


class LackingPage(Schema):
    items: list[LackingOut]
    next: str | None


class LackingQuery(Schema):
    region: str = ""
    subject: str = ""
    who: str = ""
    state: Literal["", "filed", "due", "drafted", "none"] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class Filing(Part):
    """`on_paper`: items of the checklist that lie there on paper. `partly`: what has no receiver stays as a gap."""

    model_config = example(on_paper=["filing_form", "risk_and_resources"], partly=False)
    on_paper: Annotated[list[str], Field(max_length=len(papers()))] = []
    partly: bool = False


class CourseOut(Schema):
    number: str
    kind: str
    to: str | None
    state: str


class FiledOut(Schema):
    plan: str
    courses: list[CourseOut]


@router.get("/coverage", response={200: CoverageOut, **PROBLEMS}, operation_id="plan_coverage")
def plan_coverage(request: HttpRequest) -> dict[str, Any]:
    """Who must have a plan and has a valid one that is filed, as far as this token may see; counted now."""
    found = coverage(actor_of(request))
    places = [_row(whole, cells, region.name if region else "", place=region) for region, cells, whole in found.towns]
    lines = [_row(whole, cells, subject, line=subject) for subject, cells, whole in found.lines]
    return {"whole": _counts(found.whole), "entries": _counts(found.entries), "places": places, "lines": lines}


@router.get("/lacking", response={200: LackingPage, **PROBLEMS}, operation_id="plans_lacking")
def plans_lacking(request: HttpRequest, query: Query[LackingQuery]) -> dict[str, Any]:
    """The units behind the figures: those without a valid, filed plan, or those in the state that is asked for."""
    found = lacking(
        actor_of(request),
        region=query.region.replace("\x00", ""),
        subject=query.subject.replace("\x00", ""),
        who=query.who,
        state=query.state,
    )
    page = page_of(found, query.cursor, query.limit)
    return {"items": [_lacking(row) for row in page.items], "next": page.next}


@router.post(
    "/{number}/file",
    response={200: FiledOut, **PROBLEMS},
    operation_id="file_plan",
    openapi_extra=request_body(Filing),
)
def file_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Send a plan to all with whom it is filed, in one act (scope submissions.write)."""
    actor = actor_of(request)
    found = selectors.plan(actor, number)

    def do(said: Filing) -> tuple[int, dict[str, Any], int]:
        made = services.file_plan(found, by=actor, on_paper=said.on_paper, partly=said.partly)
        courses = [
            {
                "number": one.record.number,
                "kind": one.kind,
                "to": one.receiver.code if one.receiver is not None else None,
                "state": one.state,
            }
            for one in made
        ]
        return 200, {"plan": number, "courses": courses}, found.pk

    return carry_out(request, Filing, do)


def _row(whole: Cell, cells: Any, name: str, *, place: Region | None = None, line: str | None = None) -> dict[str, Any]:
    return {
        "place": place.code if place else None,
        "line": line,
        "name": name,
        "whole": _counts(whole),
        "by_kind": {who: _counts(cell) for who, cell in cells.items()},
    }


def _counts(cell: Cell) -> dict[str, int | None]:
    return {
        "asked": cell.asked,
        "filed": cell.filed,
        "due": cell.due,
        "drafted": cell.drafted,
        "none": cell.none,
        "percent": cell.percent,
    }


def _lacking(row: Duty) -> dict[str, Any]:
    return {
        "unit": row.unit.code,
        "name": row.unit.name,
        "who": row.who,
        "kind": row.plan_kind,
        "state": row.state,
        "plan": row.plan.record.number if row.plan else None,
        "reminded_at": row.reminded_at,
    }
