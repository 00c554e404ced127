"""Plans: the list, a new one, one with its clauses and targets, putting it in force; its history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, Refused, said_by
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.measures.registering import measure_of
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import download
from fenghuo.kernel.web.forms import show_faults

from .. import selectors, services
from ..exporting import as_toml
from ..forms import LoadForm, NewPlanForm, PlanForm
from ..models import PlanState, WorkPlan
from ..notices import notices
from ..scopes import named_in
from ..states import WORKPLAN_STATES
from ..words import measure_said, quota_said, scope_said

MOST_FILE = 512 * 1024


@require_GET
@acting
def plans(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = selectors.plans(actor).exclude(state=PlanState.DROPPED)
    return render(request, "workplan/plans.html", {"plans": found, "may_plan": selectors.may_plan(actor)})


@require_http_methods(["GET", "POST"])
@acting
def new_plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    unit = _own_unit(actor)
    others = [(one.record.number, f"{one.year} · {one.record.title}") for one in selectors.plans(actor)[:20]]
    year = timezone.localdate().year
    initial = {"year": year, "title": _("Emergency management work plan %(year)s") % {"year": year}}
    form = NewPlanForm(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["begin"]:
                old = selectors.plan_by_number(actor, said["begin"])
                made = services.copy_forward(old, by=actor, year=said["year"], title=said["title"])
            else:
                made = services.create_plan(by=actor, unit=unit, year=said["year"], title=said["title"])
            return redirect("workplan:plan", made.record.number)
        except Invalid as refused:
            show_faults(form, refused)
    return render(request, "workplan/new_plan.html", {"form": form, "load": LoadForm()})


@require_POST
@acting
def load(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A file of the form that fenghuo workplan load takes."""
    unit = _own_unit(actor)
    form = LoadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            loaded = services.load_plan(_text(form), by=actor, unit=unit, year=form.cleaned_data["year"])
        except Invalid as refused:
            for fault in refused.faults:
                form.add_error("file", f"{fault.field}: {fault.message}")
        else:
            if loaded.unknown:
                said = _("These units are not here and were left out: %(codes)s")
                messages.warning(request, said % {"codes": " ".join(loaded.unknown)})
            return redirect("workplan:plan", loaded.plan.record.number)
    year = timezone.localdate().year
    empty = NewPlanForm(others=[], initial={"year": year})
    return render(request, "workplan/new_plan.html", {"form": empty, "load": form}, status=422)


@require_GET
@acting
def plan(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return render(request, "workplan/plan.html", _plan_context(actor, selectors.plan_by_number(actor, number)))


@require_http_methods(["GET", "POST"])
@acting
def change_plan(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.plan_by_number(actor, number)
    _keeper_only(actor, found)
    initial = {"title": found.record.title, "preamble": found.preamble}
    form = PlanForm(request.POST or None, initial=initial, in_force=found.state == PlanState.IN_FORCE)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.change_plan(found, by=actor, title=said["title"], preamble=said["preamble"], reason=form.why)
            return redirect("workplan:plan", number)
        except Invalid as refused:
            show_faults(form, refused)
    context = {"form": form, "plan": found, "heading": _("Change the work plan"), "button": _("Store")}
    return render(request, "workplan/form.html", context)


@require_POST
@acting
def put_in_force(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.plan_by_number(actor, number)
    try:
        services.put_in_force(found, by=actor)
    except NotAllowed:
        raise
    except Refused as refused:
        context = _plan_context(actor, found) | {"faults": said_by(refused)}
        return render(request, "workplan/plan.html", context, status=refused.status)
    messages.success(request, _("The work plan is in force: everybody sees how far each unit has got."))
    return redirect("workplan:plan", number)


@require_POST
@acting
def drop(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    services.drop_plan(selectors.plan_by_number(actor, number), by=actor)
    messages.success(request, _("The draft was dropped."))
    return redirect("workplan:plans")


@require_GET
@acting
def export(_request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.plan_by_number(actor, number)
    return download(as_toml(found).encode(), "application/toml", f"{number}.toml")


def _plan_context(actor: Actor, found: WorkPlan) -> dict[str, Any]:
    keeps = selectors.keeps_plan(actor, found)
    moment = Moment(found.until, past=True) if found.until is not None else Moment.now()
    targets = selectors.targets_of(found, moment)
    rows: dict[int, list[Any]] = {}
    for target in targets:
        named = named_in(target)
        said = {
            "target": target,
            "quota": quota_said(target),
            "scope": scope_said(target, named),
            "measure": measure_said(target),
            "measured": measure_of(target.measure) is not None,
            "lead": named.lead,
        }
        rows.setdefault(target.clause_id, []).append(said)
    verbs = WORKPLAN_STATES.verbs(found.state) if keeps else []
    count = len(targets)
    return {
        "plan": found,
        "clauses": [(clause, rows.get(clause.pk, [])) for clause in selectors.clauses_of(found)],
        "count": ngettext("%(n)s target", "%(n)s targets", count) % {"n": count},
        "verbs": verbs,
        "notices": notices(found, targets, actor) if keeps and found.state != PlanState.REPLACED else [],
        "in_force": found.state == PlanState.IN_FORCE,
    }


def _keeper_only(actor: Actor, found: WorkPlan) -> None:
    if not selectors.keeps_plan(actor, found):
        raise NotAllowed(_("Only the unit whose plan it is may change it."))


def _own_unit(actor: Actor) -> Unit:
    """Raises: NotAllowed."""
    require(actor, "workplans.write")
    unit = Unit.objects.select_related("region", "record").filter(pk=actor.unit_id).first()
    if unit is None or not selectors.may_plan(actor):
        raise NotAllowed(_("The emergency office writes the work plan of its block."))
    return unit


def _text(form: LoadForm) -> str:
    from fenghuo.kernel.access.errors import Fault

    sent = form.cleaned_data["file"]
    if sent.size > MOST_FILE:
        raise Invalid(Fault("file", _("is larger than %(most)s KiB") % {"most": MOST_FILE // 1024}))
    try:
        return str(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid(Fault("file", _("is no text in UTF-8"))) from error
