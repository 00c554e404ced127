"""Assignments for machines (interfaces.md, Incidents): list, one, and the verbs of who received it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Verb, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from . import selectors, services
from .documents import assignment_document
from .models import Assignment, State

PREFIX = "/assignments"
router = Router(tags=["assignments"])
type Said = Annotated[str, Field(max_length=2000)]


class ReceiverOut(Schema):
    id: int
    kind: str
    name: str
    code: str | None


class AnswerOut(Schema):
    verb: str
    way: str
    eta_minutes: int | None
    later: bool
    arrived: bool
    text: str
    happened_at: datetime
    recorded_at: datetime


class AssignmentOut(Schema):
    """`about`: number of the record it is about; times are null until they are known."""

    id: int
    number: str
    about: str
    to: ReceiverOut
    text: str
    state: str
    needs_ack: bool
    due: datetime | None
    issued_at: datetime
    answered_at: datetime | None
    expected_at: datetime | None
    later: bool
    arrived_at: datetime | None
    ended_at: datetime | None
    escalated_at: datetime | None
    travel_minutes: int | None
    estimate: bool | None
    exercise: bool
    demo: bool
    answers: list[AnswerOut]


class AssignmentsOut(Schema):
    items: list[AssignmentOut]
    next: str | None


class AssignmentsQuery(Schema):
    state: str = ""
    since: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class Acknowledge(Verb):
    model_config = example(eta_minutes=20)

    eta_minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    later: bool = False


class Decline(Verb):
    model_config = example(reason="车辆故障")

    reason: Said


class Progress(Verb):
    model_config = example(text="已到现场,正在破拆", arrived=True)

    text: Said = ""
    arrived: bool = False


class Finish(Verb):
    model_config = example(result="1 人救出,送区人民医院")

    result: Said


class Withdraw(Verb):
    model_config = example(reason="情况核实,不需要增援")

    reason: Said


@router.get("", response={200: AssignmentsOut, **PROBLEMS}, operation_id="list_assignments")
def list_assignments(request: HttpRequest, query: Query[AssignmentsQuery]) -> dict[str, Any]:
    """Assignments this token may see, oldest first, from `since` (issued_at) on."""
    if query.state and query.state not in State.values:
        known = " ".join(State.values)
        raise Invalid(Fault("state", _("must be one of: %(known)s") % {"known": known}, query.state[:50]))
    found = selectors.assignments(actor_of(request), state=query.state, since=query.since)
    page: Page[Assignment] = page_of(selectors.with_answers(found), query.cursor, query.limit)
    return {"items": [assignment_document(one) for one in page.items], "next": page.next}


@router.get("/{key}", response={200: AssignmentOut, **PROBLEMS}, operation_id="get_assignment")
def get_assignment(request: HttpRequest, key: str) -> dict[str, Any]:
    """By id or number."""
    return assignment_document(selectors.assignment(actor_of(request), key))


type Act[M: Verb] = Callable[[Assignment, M, Actor], Assignment]


def _verb[M: Verb](name: str, model: type[M], act: Act[M], doc: str) -> None:
    def door(request: HttpRequest, key: str) -> HttpResponse:
        actor = actor_of(request)
        found = selectors.assignment(actor, key)

        def do(said: M) -> tuple[int, dict[str, Any], int]:
            act(found, said, actor)
            return 200, assignment_document(selectors.assignment(actor, found.pk)), found.pk

        return carry_out(request, model, do)

    door.__doc__ = doc
    router.add_api_operation(
        f"/{{key}}/{name}",
        ["POST"],
        door,
        response={200: AssignmentOut, **PROBLEMS},
        operation_id=f"assignment_{name}",
        openapi_extra=request_body(model),
    )


_verb(
    "acknowledge",
    Acknowledge,
    lambda it, said, by: services.acknowledge(
        it, by=by, eta_minutes=said.eta_minutes, later=said.later, happened_at=said.happened_at
    ),
    "The order was taken; `eta_minutes` from `happened_at` on, `later` if they come later than wanted.",
)
_verb(
    "decline",
    Decline,
    lambda it, said, by: services.decline(it, by=by, reason=said.reason, happened_at=said.happened_at),
    "They cannot come, and why.",
)
_verb(
    "progress",
    Progress,
    lambda it, said, by: services.report_progress(
        it, by=by, text=said.text, arrived=said.arrived, happened_at=said.happened_at
    ),
    "How it goes, or that they have arrived.",
)
_verb(
    "finish",
    Finish,
    lambda it, said, by: services.finish(it, by=by, result=said.result, happened_at=said.happened_at),
    "It is done, and what came of it.",
)
_verb(
    "withdraw",
    Withdraw,
    lambda it, said, by: services.withdraw(it, by=by, reason=said.reason, happened_at=said.happened_at),
    "The order no longer holds; everybody who was asked gets word. Only for who issued it.",
)
