"""For machines: whom to send, and orders about an incident (interfaces.md, Incidents)."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.decision.dispatch import Choice, NotChosen
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.assignments.api import AssignmentsOut
from fenghuo.kernel.assignments.documents import assignment_document
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.selectors import assignments, with_answers
from fenghuo.kernel.assignments.services import Order
from fenghuo.kernel.assignments.services.issuing import MOST_AT_ONCE, MOST_TEXT
from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Moment, Verb, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body
from fenghuo.response.incidents import selectors
from fenghuo.response.incidents.figures import with_merged

from .ordering import receivers_named, ways
from .proposing import Proposed, minutes, propose_teams
from .services import give_orders
from .words import need_said, reason_said

PREFIX = "/incidents"
router = Router(tags=["assignments"])
KINDS = ("teams",)  # supplies and shelters come with their rooms


class TeamOut(Schema):
    id: int
    number: str
    name: str


class CoversOut(Schema):
    capability: str
    must: bool
    why: str


class ChoiceOut(Schema):
    """`minutes` null: not known. `why` in words, `codes` the same for programs."""

    team: TeamOut
    minutes: int | None
    estimate: bool
    covers: list[CoversOut]
    why: list[str]
    codes: list[str]


class UnmetOut(Schema):
    capability: str
    missing: int
    must: bool
    because: str
    why: list[str]


class ProposalOut(Schema):
    """`unknown`: figures that nobody has told and that would change what is needed."""

    kind: str
    choices: list[ChoiceOut]
    not_chosen: list[ChoiceOut]
    unmet: list[UnmetOut]
    estimate: bool
    unknown: list[str]


class ProposalQuery(Schema):
    kind: str = "teams"
    most: Annotated[int, Field(ge=1, le=100)] | None = None


class IssueMessage(Verb):
    model_config = example(to=["610118007000", 305], text="立即赶赴草堂营村村口，到达后报告")

    to: Annotated[list[str | int], Field(min_length=1, max_length=MOST_AT_ONCE)]
    text: Annotated[str, Field(min_length=1, max_length=MOST_TEXT)]
    due: Moment | None = None
    needs_ack: bool = True


class ListQuery(Schema):
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


@router.get("/{number}/proposal", response={200: ProposalOut, **PROBLEMS}, operation_id="incident_proposal")
def proposal(request: HttpRequest, number: str, query: Query[ProposalQuery]) -> dict[str, Any]:
    """Whom to send, with reasons, for what is not covered by those ordered already. Commits nothing."""
    if query.kind not in KINDS:
        raise Invalid(Fault("kind", _("must be one of: %(known)s") % {"known": " ".join(KINDS)}, query.kind[:50]))
    actor = actor_of(request)
    found = propose_teams(selectors.incident(actor, number), actor, most=query.most)
    return {
        "kind": query.kind,
        "choices": [_choice(one, found) for one in found.proposal.choices],
        "not_chosen": [_choice(one, found) for one in found.proposal.not_chosen],
        "unmet": [
            {
                "capability": one.need.capability,
                "missing": one.missing + one.cut,
                "must": one.need.must,
                "because": need_said(one.need),
                "why": [reason_said(reason, found.teams) for reason in (*one.why, *(one.best.why if one.best else ()))],
            }
            for one in found.proposal.unmet
        ],
        "estimate": found.proposal.estimate,
        "unknown": list(found.asked.unknown),
    }


def _choice(one: Choice | NotChosen, found: Proposed) -> dict[str, Any]:
    team = found.teams[one.team.id]
    covers = one.covers if isinstance(one, Choice) else ()
    return {
        "team": {"id": team.pk, "number": team.record.number, "name": team.name},
        "minutes": minutes(one.team.seconds),
        "estimate": one.team.estimate,
        "covers": [{"capability": need.capability, "must": need.must, "why": need_said(need)} for need in covers],
        "why": [reason_said(reason, found.teams) for reason in one.why],
        "codes": [str(reason.code) for reason in one.why],
    }


@router.get("/{number}/assignments", response={200: AssignmentsOut, **PROBLEMS}, operation_id="incident_assignments")
def list_assignments(request: HttpRequest, number: str, query: Query[ListQuery]) -> dict[str, Any]:
    """Orders about this incident, oldest first."""
    actor = actor_of(request)
    found = selectors.incident(actor, number)
    rows = with_answers(assignments(actor, about=with_merged(found)))
    page: Page[Assignment] = page_of(rows, query.cursor, query.limit)
    return {"items": [assignment_document(one) for one in page.items], "next": page.next}


@router.post(
    "/{number}/assignments",
    response={201: AssignmentsOut, 200: AssignmentsOut, **PROBLEMS},
    operation_id="issue_assignments",
    openapi_extra=request_body(IssueMessage),
)
def issue_assignments(request: HttpRequest, number: str) -> HttpResponse:
    """One order for each receiver: unit codes, ids or numbers of teams, ids of people. All are given, or none."""
    actor = actor_of(request)
    found = selectors.incident(actor, number)

    def do(said: IssueMessage) -> tuple[int, dict[str, Any], int]:
        to = receivers_named(actor, said.to)
        orders = [
            Order(one, said.text, said.due, said.needs_ack, way.minutes, way.estimate)
            for one, way in zip(to, ways(found, to), strict=True)
        ]
        made = give_orders(found, orders, by=actor, happened_at=said.happened_at)
        rows = with_answers(assignments(actor).filter(pk__in=[one.pk for one in made])).order_by("pk")
        return 201, {"items": [assignment_document(one) for one in rows], "next": None}, found.pk

    return carry_out(request, IssueMessage, do)
