"""Closed roads on pages: the list, one with its history, and the form beside its map."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.web.acting import acting

from .. import closures as selectors
from .. import services
from ..effects import who_passes
from ..forms import ClosureForm, drawing_in
from ..models import Closure, Effect, Standing
from ..presenting import exercise_title, spell, state_words
from ..rights import may_close, require_closing
from ..states import CLOSURE_STATES

PAGE = 50
ON_MAPS = (Standing.COMING, Standing.CLOSED)  # what every map shows already


@require_GET
@acting
def closures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What stands or is to come; `?view=past`: lifted or run out."""
    now, past = timezone.now(), request.GET.get("view") == "past"
    found = selectors.closures(actor)
    found = found.exclude(selectors.not_yet_over(now)) if past else found.filter(selectors.not_yet_over(now))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(one, standing := one.standing_at(now), state_words(one, standing), spell(one)) for one in page]
    context = {"page": page, "rows": rows, "past": past, "may_close": may_close(actor)}
    part = "maps/closures.html#rows" if request.headers.get("HX-Request") else "maps/closures.html"
    return render(request, part, context)


@require_GET
@acting
def closure(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.closure(actor, number)
    standing = found.standing_at(timezone.now())
    context = {
        "closure": found,
        "standing": standing,
        "title": exercise_title(found),
        "state": state_words(found, standing),
        "passes": who_passes(found),
        "thresholds": found.effect == Effect.FLOODED,
        "spell": spell(found),
        "verbs": CLOSURE_STATES.verbs(standing) if may_close(actor) else [],
        "map_data": {"fit": found.geometry} | ({} if standing in ON_MAPS else {"areas": [_as_area(found)]}),
    }
    part = "maps/closure.html#live" if request.headers.get("HX-Request") else "maps/closure.html"
    return render(request, part, context)


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    require_closing(actor)
    if request.method != "POST":
        asked = request.GET
        first = {name: asked[name] for name in ("effect", "factor", "depth_cm") if asked.get(name)}
        drawing = drawing_in(asked.get("geometry", ""))
        return _form(
            request, ClosureForm(initial=first | {"geometry": drawing, "exercise": asked.get("exercise") == "1"})
        )
    form = ClosureForm(request.POST)
    if form.is_valid():
        try:
            made = services.close_road(by=actor, **form.said())
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("It stands on every map, and times reckon with it."))
            return redirect("maps:closure", made.record.number)
    return _form(request, form)


@require_http_methods(["GET", "POST"])
@acting
def change(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.closure(actor, number)
    require_closing(actor)
    form = ClosureForm(request.POST) if request.method == "POST" else ClosureForm.of(found)
    if form.is_bound and form.is_valid():
        try:
            services.change_closure(found, by=actor, version=form.cleaned_data["version"], **form.said(found))
        except Refused as refused:
            form.show(refused)
            found = selectors.closure(actor, number)
        else:
            messages.success(request, _("The change is stored."))
            return redirect("maps:closure", number)
    return _form(request, form, found)


@require_POST
@acting
def lift(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    try:
        services.lift_closure(selectors.closure(actor, number), by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The restriction is lifted."))
    return redirect("maps:closure", number)


def _as_area(found: Closure) -> dict[str, Any]:
    return {"name": found.record.title, "geometry": found.geometry}


def _form(request: HttpRequest, form: ClosureForm, found: Closure | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "closure": found, "map_data": {}}
    return render(request, "maps/closure_form.html", context, status=422 if form.errors else 200)
