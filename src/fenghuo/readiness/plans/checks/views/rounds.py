"""Rounds: the list, a new one, one with its sample, its draw, its beginning and end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, Refused, said_by
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from ...models import CheckPopulation, CheckRound, RoundState
from .. import selectors, services
from ..forms import ClosingForm, DrawForm, RoundForm
from ..presenting import item_rows, shares_said, stratum_rows
from ..services.organising import ORGANISERS
from ..states import ROUND_STATES

PARTS = (UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.EMERGENCY_OFFICE)


@require_GET
@acting
def rounds_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    context = {
        "rounds": selectors.rounds(actor)[:100],
        "visits": item_rows(selectors.items(actor).filter(checker=actor.unit_id, round__state=RoundState.UNDER_WAY)),
        "own": item_rows(selectors.items(actor).filter(record__unit=actor.unit_id)),
        "may_create": _may_create(actor),
    }
    return render(request, "plans/checks/rounds.html", context)


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    unit = Unit.objects.select_related("region", "record").filter(pk=actor.unit_id).first()
    require(actor, "plan_checks.organise")
    if unit is None or not _may_create(actor):
        raise NotAllowed(_("The county's emergency office organises checks of plans, or a township its own."))
    if request.method != "POST":
        return _form(request, RoundForm(parts=_parts(actor), initial=_usual()), None)
    form = RoundForm(request.POST, parts=_parts(actor))
    if form.is_valid():
        try:
            made = services.create_round(by=actor, unit=unit, **form.said())
        except Invalid as refused:
            show_faults(form, refused)
        else:
            return redirect("plans:check_round", made.record.number)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@acting
def change(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.round_by(actor, number)
    if request.method != "POST":
        return _form(request, RoundForm(parts=_parts(actor), initial=_kept(found)), found)
    form = RoundForm(request.POST, parts=_parts(actor))
    if form.is_valid():
        try:
            services.change_round(found, by=actor, **form.said())
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("plans:check_round", number)
    return _form(request, form, found)


@require_GET
@acting
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return page(request, actor, selectors.round_by(actor, number))


def page(
    request: HttpRequest,
    actor: Actor,
    found: CheckRound,
    *,
    faults: list[str] | None = None,
    draw_form: DrawForm | None = None,
    closing_form: ClosingForm | None = None,
) -> HttpResponse:
    organises = services.may_organise(actor, found)
    verbs = ROUND_STATES.verbs(found.state) if organises else []
    seen = list(item_rows(selectors.items(actor).filter(round=found)))
    context = {
        **_facts(found),
        "organises": organises,
        "verbs": verbs,
        "items": seen,
        "checked": sum(row.item.state == "checked" for row in seen),
        "mine": [row for row in seen if row.item.checker_id == actor.unit_id and row.item.state == "assigned"],
        "draw_form": draw_form or DrawForm(),
        "closing_form": closing_form or ClosingForm(),
        "faults": faults or [],
    }
    wrong = bool(faults or (draw_form and draw_form.errors) or (closing_form and closing_form.errors))
    return render(request, "plans/checks/round.html", context, status=422 if wrong else 200)


@require_GET
@acting
def paper(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Seed, digest, numbers and who was drawn, to be printed and posted."""
    found = selectors.round_by(actor, number)
    seen = item_rows(selectors.items(actor).filter(round=found))
    return render(request, "plans/checks/paper.html", {**_facts(found), "items": seen, "now": timezone.now()})


@require_GET
@acting
def population(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The list exactly as it was frozen: its SHA-256 is the digest."""
    kept = CheckPopulation.objects.filter(round=selectors.round_by(actor, number)).first()
    if kept is None:
        raise NotFound(_("Nothing has been drawn yet."))
    answer = HttpResponse(kept.text.encode(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kept.round.record.number}.txt"'
    return answer


@require_POST
@acting
def draw(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found, form = selectors.round_by(actor, number), DrawForm(request.POST)
    if not form.is_valid():
        return page(request, actor, found, draw_form=form)
    try:
        services.draw_round(found, by=actor, **form.cleaned_data)
    except Invalid as refused:
        show_faults(form, refused)
        return page(request, actor, selectors.round_by(actor, number), draw_form=form)
    except Refused as refused:
        return page(request, actor, selectors.round_by(actor, number), faults=[str(refused)])
    messages.success(request, _("Drawn. Seed and digest stand below; nothing of it can be drawn again."))
    return redirect("plans:check_round", number)


@require_POST
@acting
def start(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    said = _("The check has begun; those who visit have been told.")
    return _done(request, actor, number, lambda found: services.start_round(found, by=actor), said)


@require_POST
@acting
def close(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found, form = selectors.round_by(actor, number), ClosingForm(request.POST)
    if not form.is_valid():
        return page(request, actor, found, closing_form=form)
    try:
        services.close_round(found, by=actor, reason=form.cleaned_data["reason"])
    except Invalid as refused:
        show_faults(form, refused)
        return page(request, actor, selectors.round_by(actor, number), closing_form=form)
    except Refused as refused:
        return page(request, actor, selectors.round_by(actor, number), faults=[str(refused)])
    messages.success(request, _("Closed. What was found is put right and verified all the same."))
    return redirect("plans:check_round", number)


def _done(
    request: HttpRequest, actor: Actor, number: str, verb: Callable[[CheckRound], object], said: str
) -> HttpResponse:
    found = selectors.round_by(actor, number)
    try:
        verb(found)
    except Refused as refused:
        return page(request, actor, selectors.round_by(actor, number), faults=said_by(refused))
    messages.success(request, said)
    return redirect("plans:check_round", number)


def _facts(found: CheckRound) -> dict[str, Any]:
    return {
        "round": found,
        "shares": shares_said(found),
        "strata": stratum_rows(found),
        "parts": [row.unit for row in found.part_rows.select_related("unit").order_by("unit__code")],
        "questions": list(found.question_rows.all()),
    }


def _form(request: HttpRequest, form: RoundForm, found: CheckRound | None) -> HttpResponse:
    context = {"form": form, "round": found}
    return render(request, "plans/checks/form.html", context, status=422 if form.errors else 200)


def _may_create(actor: Actor) -> bool:
    return actor.may("plan_checks.organise") and actor.unit_kind in ORGANISERS


def _parts(actor: Actor) -> Any:
    """Authorities of the organiser's own place that the actor sees, but for itself."""
    found = Unit.objects.visible_to(actor).filter(kind__in=PARTS, valid_to=None, record__archived_at=None)
    return found.exclude(pk=actor.unit_id).order_by("kind", "code")


def _usual() -> dict[str, Any]:
    """The second half of the year, two villages and one of the others in each town: a beginning, 本县设定."""
    year = timezone.localdate().year
    return {
        "title": _("Check of plans in the second half of %(year)s") % {"year": year},
        "from_day": f"{year}-07-01",
        "to_day": f"{year}-12-31",
        "correct_days": 30,
        "many_village": 2,
        "many_community": 1,
        "many_enterprise": 1,
        "many_school": 1,
    }


def _kept(found: CheckRound) -> dict[str, Any]:
    return {
        "title": found.record.title,
        "from_day": found.from_day,
        "to_day": found.to_day,
        "correct_days": found.correct_days,
        "parts": list(found.part_rows.values_list("unit", flat=True)),
    } | {f"many_{row.who}": row.many for row in found.share_rows.all()}
