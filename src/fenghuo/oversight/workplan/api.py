"""The work plan for machines: clauses and targets of a year, and how far every unit has got."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.measures.registering import measure_of
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from . import selectors
from .models import Target, WorkPlan
from .scopes import named_in
from .selectors.cells import detail

PREFIX = "/workplans"
router = Router(tags=["work plan"])


class TargetOut(Schema):
    """`measured`: false while no room counts it. `together`: counted in sum, owed by who leads."""

    id: int
    key: str = Field(examples=["3.3-hundred"])
    title: str
    measure: str = Field(examples=["teams.registered"])
    measured: bool
    options: dict[str, str]
    kinds: list[str]
    units: list[str]
    lead: list[str] = Field(examples=[["610118000000-EMO"]])
    support: list[str]
    together: bool
    quota: int
    quota_kind: Literal["number", "percent"]
    every: Literal["once", "half", "quarter", "month"]
    due: date
    weight: int


class ClauseOut(Schema):
    number: str = Field(examples=["3.3"])
    chapter: str
    title: str
    text: str
    targets: list[TargetOut]


class PlanOut(Schema):
    """The version in force."""

    number: str = Field(examples=["WP-2026-0001"])
    title: str
    year: int
    version: int
    since: datetime
    clauses: list[ClauseOut]


class ProgressOut(Schema):
    """`value` of `quota`, as the target counts; of a share both are counts and `needed` is how many are asked.

    `state`: nothing is known of value and quota when it is unmeasured or unknown.
    """

    target: int
    key: str
    title: str
    unit: str = Field(examples=["610118007000"])
    value: int | None
    quota: int | None
    needed: int | None
    due: date
    state: Literal["done", "under_way", "open", "overdue", "free", "unknown", "unmeasured"]
    evidence: str = Field(description="the address of the records that count, and of those missing")


class ProgressPage(Schema):
    year: int
    as_of: datetime
    items: list[ProgressOut]


class EvidenceOut(Schema):
    title: str
    note: str
    on: date | None
    ended_on: date | None
    why: str


class LackOut(Schema):
    what: str
    note: str
    address: str


class DetailOut(ProgressOut):
    """`hidden`: how many count that the token may not see."""

    counting: list[EvidenceOut]
    ended: list[EvidenceOut]
    lacking: list[LackOut]
    hidden: int


class ProgressQuery(Schema):
    """`unit`: a code. `day`: as it was at the end of that day."""

    unit: Annotated[str, Field(max_length=32)] = ""
    day: date | None = None


class DayQuery(Schema):
    day: date | None = None


@router.get("/{int:year}", response={200: PlanOut, **PROBLEMS}, operation_id="workplan")
def workplan(request: HttpRequest, year: int) -> dict[str, Any]:
    """The plan of a year that is in force, with its clauses and targets."""
    plan = _plan(actor_of(request), year, Moment.now())
    by_clause: dict[int, list[dict[str, Any]]] = {}
    for target in selectors.targets_of(plan, Moment.now()):
        by_clause.setdefault(target.clause_id, []).append(_target(target))
    clauses = [
        {
            "number": clause.number,
            "chapter": clause.chapter,
            "title": clause.title,
            "text": clause.text,
            "targets": by_clause.get(clause.pk, []),
        }
        for clause in selectors.clauses_of(plan)
    ]
    return {
        "number": plan.record.number,
        "title": plan.record.title,
        "year": plan.year,
        "version": plan.version,
        "since": plan.since,
        "clauses": clauses,
    }


@router.get("/{int:year}/progress", response={200: ProgressPage, **PROBLEMS}, operation_id="workplan_progress")
def workplan_progress(request: HttpRequest, year: int, query: Query[ProgressQuery]) -> dict[str, Any]:
    """How far every unit that the token sees has got with every target."""
    actor, moment = actor_of(request), _moment(query.day)
    plan = _plan(actor, year, moment)
    wanted: int | None = None
    if query.unit:
        unit = unit_by_code(query.unit.replace("\x00", ""))
        if unit is None:
            raise NotFound(_("There is no unit with this code."))
        wanted = unit.pk
    found = selectors.matrix(actor, plan, moment)
    items = [
        _progress(row.target, cell, plan)
        for row in found.rows
        for cell in row.cells.values()
        if wanted is None or cell.unit.pk == wanted
    ]
    return {"year": year, "as_of": moment.at, "items": items}


@router.get(
    "/{int:year}/targets/{int:target}/units/{code}",
    response={200: DetailOut, **PROBLEMS},
    operation_id="workplan_evidence",
)
def workplan_evidence(
    request: HttpRequest, year: int, target: int, code: str, query: Query[DayQuery]
) -> dict[str, Any]:
    """The records that count for one unit and target, those that count no longer, and what is missing."""
    actor, moment = actor_of(request), _moment(query.day)
    one, unit = selectors.target_by(actor, target), unit_by_code(code.replace("\x00", ""))
    if unit is None or one.clause.plan.year != year:
        raise NotFound(_("There is no such target, or you may not see it."))
    found = detail(actor, one, unit, moment)
    pieces = [shown for part in found.parts for shown in part.counting]
    ended = [shown for part in found.parts for shown in part.ended]
    return {
        **_progress(one, found.cell, one.clause.plan),
        "counting": [_piece(shown) for shown in pieces],
        "ended": [_piece(shown) for shown in ended],
        "lacking": [
            {"what": lack.what, "note": lack.note, "address": lack.address}
            for part in found.parts
            for lack in part.lacking
        ],
        "hidden": sum(part.hidden for part in found.parts),
    }


def _plan(actor: Actor, year: int, moment: Moment) -> WorkPlan:
    plan = selectors.plan_of(actor, year, moment)
    if plan is None:
        raise NotFound(_("No work plan of this year is in force."))
    return plan


def _moment(day: date | None) -> Moment:
    return Moment.end_of(day) if day is not None else Moment.now()


def _target(target: Target) -> dict[str, Any]:
    named = named_in(target)
    return {
        "id": target.pk,
        "key": target.key,
        "title": target.title,
        "measure": target.measure,
        "measured": measure_of(target.measure) is not None,
        "options": {name: str(value) for name, value in target.options.items()},
        "kinds": target.kinds.split(),
        "units": [unit.code for unit in named.scope],
        "lead": [unit.code for unit in named.lead],
        "support": [unit.code for unit in named.support],
        **{name: getattr(target, name) for name in ("together", "quota", "quota_kind", "every", "due", "weight")},
    }


def _progress(target: Target, cell: selectors.Cell, plan: WorkPlan) -> dict[str, Any]:
    reading = cell.reading
    known = reading.stand.value not in ("unmeasured", "unknown")
    return {
        "target": target.pk,
        "key": target.key,
        "title": target.title,
        "unit": cell.unit.code,
        "value": reading.value if known else None,
        "quota": reading.quota if known else None,
        "needed": reading.needed if known else None,
        "due": target.due,
        "state": reading.stand.value,
        "evidence": f"/api/v1/workplans/{plan.year}/targets/{target.pk}/units/{cell.unit.code}",
    }


def _piece(shown: Any) -> dict[str, Any]:
    piece = shown.piece
    return {"title": piece.title, "note": piece.note, "on": piece.on, "ended_on": piece.ended_on, "why": piece.why}
