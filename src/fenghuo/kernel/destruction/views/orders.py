"""Destruction orders: their register, drawing one up, looking at what will go, confirming, cancelling."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import backups, selectors, services
from ..forms import DraftForm, ReasonForm
from ..models import ItemState, Order, OrderState
from ..previewing import preview
from ..rooms import reason_said, thing_said
from ..services.values import read_numbers
from ..states import ORDER_STATES

PAGE = 50


@require_GET
@acting
def orders(request: HttpRequest, actor: Actor) -> HttpResponse:
    state = request.GET.get("state", "")
    page = Paginator(selectors.orders(actor, state=state), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": [("", _("All")), *OrderState.choices],
        "may_draft": actor.may("destruction.draft"),
    }
    return render(request, "destruction/orders.html", context)


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was typed stays on the form when something is refused."""
    require(actor, "destruction.draft")
    named = request.GET.get("records", "")[:2000]
    form = DraftForm(request.POST) if request.method == "POST" else DraftForm(initial={"records": named})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.draft_order(
                read_numbers(said["records"]),
                by=actor,
                basis=said["basis"],
                basis_text=said["basis_text"],
                reason=said["reason"],
            )
        except Invalid as refused:
            show_faults(form, refused)
        else:
            messages.success(request, _("The order was drawn up. Another person must confirm it."))
            return redirect("destruction:order", made.no)
    return render(request, "destruction/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@acting
def order(request: HttpRequest, actor: Actor, no: int) -> HttpResponse:
    return _page(request, actor, selectors.order(actor, no))


@require_GET
@acting
def by_record(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The order whose record this is: how other pages link to it."""
    found = selectors.orders(actor).filter(pk=pk).first()
    return redirect("destruction:order", found.no) if found else redirect("destruction:orders")


@require_POST
@acting
def confirm(request: HttpRequest, actor: Actor, no: int) -> HttpResponse:
    found = selectors.order(actor, no)
    try:
        services.confirm_order(found, by=actor, seen=request.POST.get("seen", ""))
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The order was confirmed and is being carried out."))
    return redirect("destruction:order", no)


@require_POST
@acting
def cancel(request: HttpRequest, actor: Actor, no: int) -> HttpResponse:
    found, form = selectors.order(actor, no), ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.cancel_order(found, by=actor, reason=form.cleaned_data["reason"])
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("destruction:order", no)
        else:
            messages.success(request, _("The order was cancelled."))
            return redirect("destruction:order", no)
    return _page(request, actor, found, cancel_form=form)


def _page(request: HttpRequest, actor: Actor, found: Order, cancel_form: ReasonForm | None = None) -> HttpResponse:
    waits = found.state == OrderState.DRAFTED
    ahead = preview(found) if waits else None
    page = Paginator(selectors.items(found), PAGE).get_page(request.GET.get("page"))
    verbs = ORDER_STATES.verbs(found.state)
    author = found.drafted_by is not None and found.drafted_by.person_id == actor.person_id
    context = {
        "order": found,
        "basis": selectors.basis_said(found),
        "page": page,
        "rows": [(one, reason_said(one.item.why) if one.item.why else "") for one in selectors.shown(page, actor)],
        "counts": [(thing_said(thing), count) for thing, count in (ahead.counts if ahead else found.removed).items()],
        "cautions": [(thing_said(thing), count) for thing, count in (ahead.cautions if ahead else {}).items()],
        "more": len(ahead.records) - found.items.count() if ahead else 0,
        "seen": ahead.fingerprint if ahead else "",
        "obstacles": len(ahead.obstacles) if ahead else 0,
        "left": found.items.filter(state=ItemState.LEFT).count(),
        "author": author,
        "may_confirm": "confirm" in verbs and actor.may("destruction.confirm") and not author,
        "may_cancel": "cancel" in verbs and (author or actor.may("destruction.confirm")),
        "cancel_form": cancel_form or ReasonForm(),
        "cancelling": cancel_form is not None,
        "backups": _backups(found),
        "backups_known": backups.anybody_lists(),
    }
    template = "destruction/order.html"
    if request.headers.get("HX-Request"):
        template += "#live"
    return render(request, template, context, status=422 if cancel_form else 200)


def _backups(found: Order) -> list[dict[str, object]]:
    """Those that held it when the order ended, with the day on which they expire; gone ones are not asked after."""
    return [
        {
            "name": one["name"],
            "made_at": parse_datetime(one["made_at"] or ""),
            "expires_at": parse_datetime(one["expires_at"] or ""),
        }
        for one in found.backups
    ]
