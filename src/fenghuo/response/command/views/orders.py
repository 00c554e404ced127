"""Orders of an incident and whom to send: a panel of its page, and a page of its own without scripts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.assignments.models import State
from fenghuo.kernel.assignments.selectors import assignments, in_full
from fenghuo.kernel.assignments.services import Order
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults
from fenghuo.response.incidents import selectors
from fenghuo.response.incidents.figures import with_merged
from fenghuo.response.incidents.models import Incident, IncidentState

from ..forms import OrderForm
from ..help_from import who_could_be_asked
from ..ordering import first_words, receivers_named, ways
from ..presenting import in_order, present_teams
from ..proposing import propose_teams
from ..services import give_orders


@require_http_methods(["GET", "POST"])
@acting
def orders(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """GET shows the orders given and the proposal; POST gives orders to those who are ticked."""
    found = selectors.incident(actor, number)
    if request.method == "GET":
        return _show(request, actor, found)
    form = OrderForm(request.POST)
    ticked = [key for key in request.POST.getlist("to") if key.isdecimal()]
    if form.is_valid():
        try:
            count = _give(found, form, ticked, actor)
            said = ngettext("%(n)s order is on its way.", "%(n)s orders are on their way.", count) % {"n": count}
            messages.success(request, said)
            return redirect("incidents:incident", found.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _show(request, actor, found, form=form, ticked=ticked)


@require_GET
@acting
def printed(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The proposal on paper, for whoever decides at a table."""
    found = selectors.incident(actor, number)
    require(actor, "teams.read")
    proposal = present_teams(propose_teams(found, actor))
    context = {
        "incident": found,
        "proposal": proposal,
        "could_ask": who_could_be_asked(found, actor) if proposal.unmet else [],
        "orders": in_order(in_full(assignments(actor, about=with_merged(found)))),
        "printed_at": timezone.localtime(),
        "actor": actor,
    }
    return render(request, "command/proposal_sheet.html", context)


def _give(found: Incident, form: OrderForm, ticked: list[str], actor: Actor) -> int:
    said = form.cleaned_data
    named: list[str | int] = [int(key) for key in ticked]
    if said["unit"].strip():
        named.append(said["unit"])
    to = receivers_named(actor, named)
    given = [
        Order(one, said["text"], said["due_at"], not said["silent"], way.minutes, way.estimate)
        for one, way in zip(to, ways(found, to), strict=True)
    ]
    return len(give_orders(found, given, by=actor, happened_at=said["happened_at"]))


def _show(
    request: HttpRequest,
    actor: Actor,
    found: Incident,
    *,
    form: OrderForm | None = None,
    ticked: list[str] | None = None,
) -> HttpResponse:
    whole = form is not None or not request.headers.get("HX-Request")
    context = orders_context(actor, found) | {"incident": found}
    if form is not None:
        context |= {"form": form, "ticked": [int(key) for key in ticked or []], "failed": True}
    template = "command/orders.html" if whole else "command/orders.html#panel"
    return render(request, template, context, status=422 if form is not None else 200)


def orders_context(actor: Actor, found: Incident) -> dict[str, Any]:
    given = in_order(in_full(assignments(actor, about=with_merged(found))))
    may_issue = actor.may("assignments.issue") and found.state != IncidentState.CLOSED
    proposal = present_teams(propose_teams(found, actor)) if may_issue and actor.may("teams.read") else None
    texts = {one.it.text for one in given}
    return {
        "orders": given,
        "common_text": texts.pop() if len(texts) == 1 else "",
        "unanswered": sum(1 for one in given if one.it.state == State.SENT and one.it.needs_ack),
        "may_issue": may_issue,
        "open_numbers": actor.may("messages.write"),
        "proposal": proposal,
        "could_ask": who_could_be_asked(found, actor) if proposal and proposal.unmet else [],
        "form": OrderForm(initial={"text": first_words(found)}) if may_issue else None,
        "ticked": [row.id for row in proposal.choices] if proposal else [],
    }
