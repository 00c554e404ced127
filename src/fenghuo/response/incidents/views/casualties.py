"""The list of casualties by name: masked, or shown for a reason that goes on record."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import selectors, services
from ..forms import CasualtyForm, ReasonForm, WhereaboutsForm
from ..models import Casualty, Incident
from ..states import INCIDENT_STATES


@require_GET
@acting
def casualties(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Masked, so that it can be worked on without reading what is not needed."""
    found = selectors.incident(actor, number)
    require(actor, "casualties.read", found)
    return _list(request, actor, found, list(selectors.casualties_of(found)))


@require_POST
@acting
def shown(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The names, for a reason that goes on record."""
    found = selectors.incident(actor, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _list(request, actor, found, list(selectors.casualties_of(found)), why=form)
    rows = services.show_casualties(found, by=actor, reason=form.cleaned_data["reason"])
    return _list(request, actor, found, rows, unmasked=True)


@require_POST
@acting
def change(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    """One row: condition and whereabouts, with the names too when they were shown; or taken off the list."""
    found = selectors.incident(actor, number)
    kind = request.POST.get("do", "")
    form = {"all": CasualtyForm, "remove": ReasonForm}.get(kind, WhereaboutsForm)(request.POST)
    if form.is_valid():
        try:
            if kind == "remove":
                services.remove_casualty(found, pk, by=actor, **form.cleaned_data)
            else:
                services.change_casualty(found, pk, by=actor, **form.cleaned_data)
        except Invalid as refused:
            show_faults(form, refused)
        else:
            messages.success(request, _("The list was changed."))
            return redirect("incidents:casualties", found.record.number)
    require(actor, "casualties.read", found)
    return _list(request, actor, found, list(selectors.casualties_of(found)), failed=(pk, kind, form))


def _list(
    request: HttpRequest,
    actor: Actor,
    found: Incident,
    rows: list[Casualty],
    *,
    unmasked: bool = False,
    why: forms.Form | None = None,
    failed: tuple[int, str, forms.Form] | None = None,
) -> HttpResponse:
    shown_rows = []
    for row in rows:
        said = {name: getattr(row, name) for name in services.Person.__dataclass_fields__}
        form: forms.Form = (CasualtyForm if unmasked else WhereaboutsForm)(initial=said, auto_id=f"id_{row.pk}_%s")
        remove: forms.Form = ReasonForm(auto_id=f"id_{row.pk}_%s")
        if failed is not None and failed[0] == row.pk:
            form, remove = (form, failed[2]) if failed[1] == "remove" else (failed[2], remove)
        shown_rows.append((row, form, remove, failed is not None and failed[0] == row.pk))
    context = {
        "incident": found,
        "rows": shown_rows,
        "unmasked": unmasked,
        "why": why or ReasonForm(),
        "may_change": actor.may("casualties.write") and "list_casualty" in INCIDENT_STATES.verbs(found.state),
    }
    return render(request, "incidents/casualties.html", context, status=422 if why or failed else 200)
