"""The deadlines that an actor may see, and one of them with what can be done about it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.forms import show_faults

from .. import listing
from ..desks import home_desk, unit_answering
from ..models import Clock
from ..presenting import line, lines, tellings_of
from .acts import ACTS, forms_for

PAGE = 50


@require_GET
@acting
def clocks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is due, soonest first; the filters stand in the address."""
    require(actor, "clocks.read")
    said = listing.asked(request.GET.dict())
    for wrong in said.wrong:
        messages.error(
            request,
            _("“%(given)s” is no period: write days as 2026-05-12, the first before the last.") % {"given": wrong},
        )
    page = Paginator(listing.clocks(actor, said), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines(page), "asked": said, "views": listing.VIEWS.items()}
    part = "clocks/clocks.html#rows" if request.headers.get("HX-Request") else "clocks/clocks.html"
    return render(request, part, context)


@require_GET
@acting
def clock(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    return _page(request, actor, _found(actor, pk))


@require_POST
@acting
def do(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """Carry out a verb; what was refused is said beside its form, and what was typed stays there."""
    found, act = _found(actor, pk), ACTS.get(verb)
    if act is None:
        raise NotFound(_("There is no such verb."))
    form = act.form(request.POST, prefix=verb)
    if form.is_valid():
        try:
            act.run(found, dict(form.cleaned_data), actor)
            messages.success(request, _("It is on record."))
            home = address_of(found.record)
            return redirect(home) if home and request.POST.get("back") == "record" else redirect("clocks:clock", pk)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, actor, _found(actor, pk), failed=verb, form=form)


def _found(actor: Actor, pk: int) -> Clock:
    require(actor, "clocks.read")
    found = listing.clock(actor, pk) if pk < 2**63 else None
    if found is None:
        raise NotFound(_("There is no such deadline, or you may not see it."))
    return found


def _page(
    request: HttpRequest, actor: Actor, found: Clock, *, failed: str = "", form: forms.Form | None = None
) -> HttpResponse:
    desk, now = home_desk(), timezone.now()
    shown: dict[str, Any] = forms_for(found, actor, desk, now)
    if failed and form is not None:
        shown[failed] = form
    unit = unit_answering(found.record.kind, found.record.unit_id, desk)
    context = {
        "clock": line(found, listing.names_of({unit} if unit else set())),
        "tellings": tellings_of(found, actor),
        "explain": shown.pop("explain", None),
        "acts": [(verb, str(ACTS[verb].word), it) for verb, it in shown.items()],
        "failed": failed,
    }
    return render(request, "clocks/clock.html", context, status=422 if failed else 200)
