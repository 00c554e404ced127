"""One submission on its page: the way it takes, the checklist, remarks with answers, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.views.handing import hand_out
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.forms import show_faults

from .. import presenting, selectors, services, sides
from ..courses import courses_of
from ..forms import (
    AcceptForm,
    AcceptOutsideForm,
    ByHandForm,
    CorrectForm,
    Empty,
    EnclosedForm,
    ForwardForm,
    RemarkForm,
    ReturnForm,
    WithdrawForm,
)
from ..kinds import Enclosed, name_of, rules
from ..models import Remark, Round, Submission
from ..services import Said
from ..states import GOOD, SUBMISSION_STATES

type Made = Callable[[Submission, HttpRequest | None], forms.Form]


@require_GET
@acting
def submission(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _page(request, actor, selectors.submission(actor, number))


@dataclass(frozen=True, slots=True)
class Act:
    form: Made
    run: Callable[[Submission, Any, Actor], object]


def _plain(kind: type[forms.Form]) -> Made:
    return lambda _it, request: kind(request.POST if request else None)


def _accept_form(it: Submission, request: HttpRequest | None) -> forms.Form:
    kind = AcceptOutsideForm if sides.lies_outside(it) else AcceptForm
    return kind(request.POST if request else None)


def _with_items(kind: Callable[..., forms.Form]) -> Made:
    return lambda it, request: kind(request.POST if request else None, items=_items(it))


def _enclosed_form(it: Submission, request: HttpRequest | None, kind: type[EnclosedForm], **more: Any) -> forms.Form:
    rule = rules().get(it.kind)
    files = Attachment.objects.filter(record=it.paper_id, removed_at=None).order_by("added_at", "pk")
    before = [
        Enclosed(row.item, row.attachment_id)
        for row in Round.objects.get(submission=it, number=it.round).enclosures.all()
    ]
    data = request.POST if request else None
    return kind(data, rules=[rule] if rule else [], files=list(files), before=before, **more)


def _correct_form(it: Submission, request: HttpRequest | None) -> forms.Form:
    remarks = Remark.objects.filter(round__submission=it, round__number=it.round).order_by("pk")
    return _enclosed_form(it, request, CorrectForm, remarks=list(remarks))


def _resubmit(it: Submission, form: Any, by: Actor) -> object:
    note, answers = form.cleaned_data["note"], form.answers()
    return services.resubmit(it, by=by, enclosed=form.enclosed(), answers=answers, note=note)


def _return(it: Submission, form: Any, by: Actor) -> object:
    remarks = [Said(text, item) for item, text in form.remarks()]
    said = form.cleaned_data
    return services.return_(it, by=by, reason=said["reason"], remarks=remarks, happened_at=said["happened_at"])


def _resubmit_by_hand(it: Submission, form: Any, by: Actor) -> object:
    said = form.cleaned_data
    hand = services.Hand(said["brought_by"])
    at = said["happened_at"]
    return services.resubmit(it, by=by, enclosed=form.enclosed(), note=said["note"], hand=hand, happened_at=at)


ACTS: dict[str, Act] = {
    "take": Act(_plain(Empty), lambda it, _form, by: services.take(it, by=by)),
    "pass_step": Act(_plain(Empty), lambda it, _form, by: services.pass_step(it, by=by)),
    "accept": Act(_accept_form, lambda it, form, by: services.accept(it, by=by, **form.cleaned_data)),
    "return_": Act(_with_items(ReturnForm), _return),
    "remark": Act(
        _with_items(RemarkForm),
        lambda it, form, by: services.remark(it, [Said(form.cleaned_data["text"], form.cleaned_data["item"])], by=by),
    ),
    "forward": Act(_plain(ForwardForm), lambda it, form, by: services.forward(it, by=by, **form.cleaned_data)),
    "send": Act(_plain(Empty), lambda it, _form, by: services.send(it, by=by)),
    "resubmit": Act(_correct_form, _resubmit),
    "resubmit_by_hand": Act(lambda it, request: _enclosed_form(it, request, ByHandForm), _resubmit_by_hand),
    "withdraw": Act(_plain(WithdrawForm), lambda it, form, by: services.withdraw(it, by=by, **form.cleaned_data)),
}
# The first of these that may be done is the page's own button; the others stand beside it.
MAIN = ("accept", "pass_step", "send")


@require_POST
@acting
def do(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """Carry out a verb; what was refused is said beside its form, and what was typed stays there."""
    act = ACTS.get(verb)
    if act is None:
        raise NotFound(_("There is no such verb."))
    found = selectors.submission(actor, number)
    form = act.form(found, request)
    if form.is_valid():
        try:
            act.run(found, form, actor)
            messages.success(request, _("It is on record."))
            return redirect("submissions:submission", found.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, actor, selectors.submission(actor, number), failed=verb, form=form)


@require_POST
@acting
def answer(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The answers as far as they are given, kept for sending it again later."""
    found = selectors.submission(actor, number)
    form = _correct_form(found, request)
    form.is_valid()
    assert isinstance(form, CorrectForm)
    wrong = {name: form.errors[name] for name in form.errors if name.startswith("answer_")}
    form.errors.clear()
    form.errors.update(wrong)  # what lies in it matters when it is sent
    if not wrong:
        try:
            services.answer_remarks(found, form.answers(), by=actor)
            messages.success(request, _("Kept. Send it again when all remarks are answered."))
            return redirect("submissions:submission", found.record.number)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, actor, found, failed="resubmit", form=form)


@require_GET
@acting
def enclosure(request: HttpRequest, actor: Actor, pk: int, name: str) -> HttpResponseBase:
    """The name in the address is for people; the key counts."""
    found = selectors.enclosure(actor, pk)
    assert found.attachment is not None
    return hand_out(request, found.attachment)


def _items(it: Submission) -> list[str]:
    rule = rules().get(it.kind)
    return list(rule.papers) if rule is not None else []


def _page(
    request: HttpRequest,
    actor: Actor,
    one: Submission,
    *,
    failed: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    rounds = presenting.rounds_of(one)
    why = presenting.why_not(actor, one)
    verbs = presenting.verbs_for(actor, one, why)
    shown = {verb: form if failed == verb and form is not None else ACTS[verb].form(one, None) for verb in verbs}
    if failed in ACTS and failed not in shown and form is not None:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()) or _("It was not done."))
    clock = selectors.running_clocks([one]).get(one.pk)
    rule = rules().get(one.kind)
    courses = courses_of([one.paper_id])[one.paper_id]
    others = [course for course in courses if course.key != one.pk]
    main = next((verb for verb in MAIN if verb in verbs), "")
    context = {
        "one": one,
        "kind_name": name_of(one.kind),
        "cited": rule.cited if rule is not None else "",
        "stages": presenting.stages(one, rounds[0]),
        "items": presenting.checklist(one, rounds[0]),
        "rounds": rounds,
        "acts": [
            (verb, str(SUBMISSION_STATES.word(verb)), shown[verb], verb == main) for verb in verbs if verb != "resubmit"
        ],
        "correcting": shown.get("resubmit"),
        "failed": failed,
        "clock": clock,
        "others": others,
        "why_not": why,
        "paper_page": address_of(one.paper) if sees(actor, one.paper) else "",
        "has_receipt": one.state in GOOD,
        "outside": sides.lies_outside(one),
    }
    part = "submissions/submission.html#live" if request.headers.get("HX-Request") else "submissions/submission.html"
    return render(request, part, context, status=422 if failed else 200)
