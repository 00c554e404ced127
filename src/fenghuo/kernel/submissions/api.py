"""Submissions for machines (interfaces.md, Submissions): list, one, sending, and the verbs of both sides."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Verb
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from . import api_messages as said
from . import selectors, services
from .api_messages import SubmissionOut, SubmissionsOut
from .documents import submission_document, with_rounds
from .models import State, Submission

PREFIX = "/submissions"
BOXES = ("in", "out", "all")
router = Router(tags=["submissions"])


class SubmissionsQuery(Schema):
    """`box`: in (sent to the token's unit), out (sent by it), all; `paper`: id of the record that was filed."""

    box: str = "all"
    state: str = ""
    kind: str = ""
    paper: int | None = None
    since: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


@router.get("", response={200: SubmissionsOut, **PROBLEMS}, operation_id="list_submissions")
def list_submissions(request: HttpRequest, query: Query[SubmissionsQuery]) -> dict[str, Any]:
    """Submissions this token may see, oldest first, from `since` (sent_at) on."""
    for name, value, known in (("box", query.box, BOXES), ("state", query.state or "gap", State.values)):
        if value not in known:
            raise Invalid(Fault(name, _("must be one of: %(known)s") % {"known": " ".join(known)}, value[:50]))
    actor = actor_of(request)
    lists = {"in": selectors.inbox, "out": selectors.outbox, "all": selectors.submissions}
    found = lists[query.box](actor)
    if query.state:
        found = found.filter(state=query.state)
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.paper is not None:
        found = found.filter(paper=query.paper)
    if query.since is not None:
        found = found.filter(sent_at__gte=query.since)
    page: Page[Submission] = page_of(with_rounds(found), query.cursor, query.limit)
    return {"items": [submission_document(one) for one in page.items], "next": page.next}


@router.get("/{key}", response={200: SubmissionOut, **PROBLEMS}, operation_id="get_submission")
def get_submission(request: HttpRequest, key: str) -> dict[str, Any]:
    """By id or number."""
    return _document(actor_of(request), key)


@router.post(
    "",
    response={201: SubmissionsOut, **PROBLEMS},
    operation_id="submit",
    openapi_extra=request_body(said.Submit),
)
def submit(request: HttpRequest) -> HttpResponse:
    """Send a paper by one or several kinds, all or nothing; `partly` leaves a gap where nobody is to receive it.

    `brought_by`: it came on paper to this token's unit, which enters it, with `happened_at`.
    """
    actor = actor_of(request)

    def do(it: said.Submit) -> tuple[int, dict[str, Any], int]:
        paper = Record.objects.visible_to(actor).filter(pk=it.paper).first()
        if paper is None:
            raise NotFound(_("There is no such record, or you may not see it."))
        made = services.submit(
            paper,
            it.kinds,
            by=actor,
            enclosed=said.enclosed_of(it.enclosed),
            subject=it.subject,
            partly=it.partly,
            again=it.again,
            hand=services.Hand(it.brought_by) if it.brought_by is not None else None,
            note=it.note,
            happened_at=it.happened_at,
        )
        return 201, {"items": [_document(actor, one.pk) for one in made], "next": None}, made[0].pk

    return carry_out(request, said.Submit, do)


def _document(actor: Actor, key: str | int) -> dict[str, Any]:
    found = selectors.submission(actor, key)
    return submission_document(with_rounds(selectors.submissions(actor)).get(pk=found.pk))


type Act[M: Verb] = Callable[[Submission, M, Actor], object]


def _verb[M: Verb](name: str, model: type[M], act: Act[M], doc: str) -> None:
    def door(request: HttpRequest, key: str) -> HttpResponse:
        actor = actor_of(request)
        found = selectors.submission(actor, key)

        def do(it: M) -> tuple[int, dict[str, Any], int]:
            act(found, it, actor)
            return 200, _document(actor, found.pk), found.pk

        return carry_out(request, model, do)

    door.__doc__ = doc
    router.add_api_operation(
        f"/{{key}}/{name}",
        ["POST"],
        door,
        response={200: SubmissionOut, **PROBLEMS},
        operation_id=f"submission_{name}",
        openapi_extra=request_body(model),
    )


_verb("take", said.TakeSubmission, lambda one, _it, by: services.take(one, by=by), "Somebody looks at it.")
_verb(
    "pass",
    said.PassSubmission,
    lambda one, _it, by: services.pass_step(one, by=by),
    "This step of the review is done; the last one accepts instead.",
)
_verb(
    "remark",
    said.RemarkSubmission,
    lambda one, it, by: services.remark(one, said.remarks_of(it.remarks), by=by),
    "What is wrong, by item of the checklist; the sender hears of it when it is returned.",
)
_verb(
    "return",
    said.ReturnSubmission,
    lambda one, it, by: services.return_(
        one, by=by, reason=it.reason, remarks=said.remarks_of(it.remarks), happened_at=it.happened_at
    ),
    "Back to the sender, with all that is lacking.",
)
_verb(
    "accept",
    said.AcceptSubmission,
    lambda one, it, by: services.accept(one, by=by, note=it.note, receipt=it.receipt, happened_at=it.happened_at),
    "Accepted, with a receipt. `receipt`: only of an authority outside, whose number is noted.",
)
_verb(
    "forward",
    said.ForwardSubmission,
    lambda one, it, by: services.forward(one, by=by, note=it.note, happened_at=it.happened_at),
    "Passed on to the next level, as the kind says.",
)
_verb(
    "send",
    said.SendSubmission,
    lambda one, it, by: services.send(one, by=by, happened_at=it.happened_at),
    "A gap is closed: there is somebody to receive it now.",
)
_verb(
    "answer",
    said.AnswerRemark,
    lambda one, it, by: services.answer_remark(one, it.remark, by=by, text=it.text),
    "What was done about one remark.",
)
_verb(
    "resubmit",
    said.ResubmitSubmission,
    lambda one, it, by: services.resubmit(
        one,
        by=by,
        enclosed=said.enclosed_of(it.enclosed),
        answers={answer.remark: answer.text for answer in it.answers},
        note=it.note,
        happened_at=it.happened_at,
    ),
    "Sent again, corrected; every remark must have its answer.",
)
_verb(
    "withdraw",
    said.WithdrawSubmission,
    lambda one, it, by: services.withdraw(one, by=by, reason=it.reason, happened_at=it.happened_at),
    "The sender takes it back.",
)
