"""Orders on pages: the list, and one order with its chain, its answers and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.messaging.selectors import messages_about
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.forms import show_faults

from .. import selectors, services
from ..forms import AcknowledgeForm, DeclineForm, FinishForm, ProgressForm, WithdrawForm
from ..models import Assignment, State, Way
from ..services import Said
from ..services.answering import is_receiver
from ..states import ASSIGNMENT_STATES, OPEN

PAGE = 50
VIEWS = ("ours", "given", "silent", "all")


@require_GET
@acting
def assignments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those to us, those we have given, those nobody answers, or all; the filter stands in the address."""
    asked = request.GET.get("view", "")
    asked = asked if asked in VIEWS else "ours"
    match asked:
        case "given":
            found = selectors.given_by(actor)
        case "silent":
            found = selectors.assignments(actor).filter(selectors.UNANSWERED)
        case "all":
            found = selectors.assignments(actor)
        case _:
            found = selectors.given_to(actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    words = {
        "ours": _("To us"),
        "given": _("Given by us"),
        "silent": _("Not answered"),
        "all": _("All"),
    }
    context = {"page": page, "asked": asked, "views": [(name, words[name]) for name in VIEWS]}
    part = "assignments/assignments.html#rows" if request.headers.get("HX-Request") else "assignments/assignments.html"
    return render(request, part, context)


@require_GET
@acting
def assignment(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _page(request, actor, number)


@dataclass(frozen=True, slots=True)
class Act:
    form: type[forms.Form]
    run: Callable[[Assignment, dict[str, Any], Actor], object]


def _said(given: dict[str, Any]) -> Said:
    return Said(Way.PAGE, name=given.pop("name", ""))


ACTS: dict[str, Act] = {
    "acknowledge": Act(AcknowledgeForm, lambda it, said, by: services.acknowledge(it, by=by, said=_said(said), **said)),
    "decline": Act(DeclineForm, lambda it, said, by: services.decline(it, by=by, said=_said(said), **said)),
    "progress": Act(ProgressForm, lambda it, said, by: services.report_progress(it, by=by, **said)),
    "finish": Act(FinishForm, lambda it, said, by: services.finish(it, by=by, **said)),
    "withdraw": Act(WithdrawForm, lambda it, said, by: services.withdraw(it, by=by, **said)),
}


@require_POST
@acting
def do(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """Carry out a verb; what was refused is said beside its form, and what was typed stays there."""
    act = ACTS.get(verb)
    if act is None:
        raise NotFound(_("There is no such verb."))
    found = selectors.assignment(actor, number)
    form = act.form(request.POST)
    if form.is_valid():
        try:
            act.run(found, dict(form.cleaned_data), actor)
            messages.success(request, _("It is on record."))
            return redirect("assignments:assignment", found.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, actor, number, failed=verb, form=form)


def _page(
    request: HttpRequest, actor: Actor, number: str, *, failed: str = "", form: forms.Form | None = None
) -> HttpResponse:
    found = selectors.assignment(actor, number, full=True)
    ours = is_receiver(actor, found)
    may = {"withdraw": actor.may("assignments.issue")}
    verbs = [verb for verb in ASSIGNMENT_STATES.verbs(found.state) if may.get(verb, actor.may("assignments.answer"))]
    shown: dict[str, forms.Form] = {verb: ACTS[verb].form() for verb in verbs}
    if found.travel_minutes is not None and "acknowledge" in shown:
        shown["acknowledge"] = AcknowledgeForm(initial={"eta_minutes": found.travel_minutes})
    if failed and form is not None:
        shown[failed] = form
    context = {
        "order": found,
        "ours": ours,
        "about_page": address_of(found.about) if sees(actor, found.about) else "",
        "forms": shown,
        "verbs": verbs,
        "failed": failed,
        "open": found.state in OPEN,
        "silent": found.state == State.SENT and found.needs_ack,
        "messages_sent": messages_about([found.pk], actor).get(found.pk, []),
        "open_numbers": actor.may("messages.write"),
    }
    part = "assignments/assignment.html#live" if request.headers.get("HX-Request") else "assignments/assignment.html"
    return render(request, part, context, status=422 if failed else 200)
