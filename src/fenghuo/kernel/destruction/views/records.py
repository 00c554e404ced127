"""One record: whether an order has destroyed what it held, whether it is held, and what can be done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.forms import show_faults
from fenghuo.kernel.web.words import english

from .. import selectors, services
from ..forms import ReasonForm
from ..models import Hold
from ..previewing import held
from ..reach import obstacles, together
from ..rooms import kinds, reason_said, thing_said


@require_GET
@acting
def record(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    return _page(request, actor, _record(actor, pk))


@require_POST
@acting
def hold(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = _record(actor, pk)
    said = _("It is held: nothing of it is destroyed until the hold is lifted.")
    return _do(request, actor, found, lambda reason: services.hold_record(found, by=actor, reason=reason), said)


@require_POST
@acting
def lift(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = _record(actor, pk)
    return _do(
        request,
        actor,
        found,
        lambda reason: services.lift_hold(found, by=actor, reason=reason),
        _("The hold was lifted."),
    )


@require_GET
@acting
def rules(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How long what is kept here, by which rule, and whether the rule is on."""
    require(actor, "destruction.read")
    fault = ""
    try:
        found = list(services.rules().values())
    except ValueError as error:
        found, fault = [], str(error)
    place = int(english())
    context = {"rules": [(rule, rule.said[place]) for rule in found], "fault": fault}
    return render(request, "destruction/rules.html", context)


def _do(request: HttpRequest, actor: Actor, found: Record, act: Callable[[str], Hold], said: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("destruction:record", found.pk)
        else:
            messages.success(request, said)
            return redirect("destruction:record", found.pk)
    return _page(request, actor, found, form)


def _record(actor: Actor, pk: int) -> Record:
    require(actor, "destruction.read")
    found = Record.objects.visible_to(actor).filter(pk=pk, kind__in=kinds()).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found


def _page(request: HttpRequest, actor: Actor, found: Record, form: ReasonForm | None = None) -> HttpResponse:
    every = together([found.pk])
    why, counts = obstacles(every), held(every)
    context = {
        "record": found,
        "address": address_of(found),
        "counts": [(thing_said(thing), count) for thing, count in counts.items()],
        "destroyed": selectors.destroyed([found.pk]).get(found.pk),
        "hold": selectors.hold_of(found.pk),
        "past": Hold.objects.filter(target=found, lifted_at__isnull=False).order_by("-lifted_at"),
        "why": sorted({reason_said(one) for one in why.values()}),
        "may_hold": actor.may("destruction.hold"),
        "may_draft": bool(counts) and actor.may("destruction.draft") and not why,
        "form": form or ReasonForm(),
    }
    return render(request, "destruction/record.html", context, status=422 if form else 200)
