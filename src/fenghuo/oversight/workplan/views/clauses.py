"""Writing clauses and targets."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed
from fenghuo.kernel.measures.registering import measure_of
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import selectors, services
from ..forms import ClauseForm, ReasonForm, TargetForm, measure_choices, target_initial
from ..models import Clause, PlanState, WorkPlan
from ..services.targets import values_of


@require_http_methods(["GET", "POST"])
@acting
def new_clause(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    plan = _plan(actor, number)
    form = ClauseForm(request.POST or None, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_clause(plan, by=actor, reason=form.why, **form.said())
            return redirect("workplan:plan", number)
        except (Invalid, Conflict) as refused:
            _show(form, refused, "number")
    return _page(request, form, plan, _("New clause"))


@require_http_methods(["GET", "POST"])
@acting
def change_clause(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    plan = _plan(actor, number)
    clause = _clause(plan, pk)
    initial = {name: getattr(clause, name) for name in ("number", "title", "chapter", "text")}
    form = ClauseForm(request.POST or None, initial=initial, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_clause(clause, by=actor, reason=form.why, **form.said())
            return redirect("workplan:plan", number)
        except (Invalid, Conflict) as refused:
            _show(form, refused, "number")
    return _page(request, form, plan, _("Change clause %(number)s") % {"number": clause.number})


@require_http_methods(["GET", "POST"])
@acting
def withdraw_clause(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    plan = _plan(actor, number)
    clause = _clause(plan, pk)
    form = ReasonForm(request.POST or None, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_clause(clause, by=actor, reason=form.why)
            return redirect("workplan:plan", number)
        except Invalid as refused:
            _show(form, refused, "reason")
    heading = _("Withdraw clause %(clause)s with all its targets") % {"clause": clause}
    return _page(request, form, plan, heading, button=_("Withdraw"))


@require_http_methods(["GET", "POST"])
@acting
def new_target(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    """First what is counted, then the rest: another measure asks other things."""
    plan = _plan(actor, number)
    clause = _clause(plan, pk)
    heading = _("New target of clause %(clause)s") % {"clause": clause}
    measure = request.GET.get("measure")
    if measure is None:
        return _choose(request, plan, heading, "")
    measure = measure if measure_of(measure) is not None else ""
    initial = {"due": f"{plan.year}-12-31", "kinds": ["township"], "quota": 1}
    form = TargetForm(request.POST or None, measure=measure, initial=initial, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_target(clause, by=actor, reason=form.why, **form.said())
            return redirect("workplan:plan", number)
        except (Invalid, Conflict) as refused:
            _show_target(form, refused)
    return _page(request, form, plan, heading, measure=measure)


@require_http_methods(["GET", "POST"])
@acting
def change_target(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    target = selectors.target_by(actor, pk)
    plan = _plan(actor, target.clause.plan.record.number)
    measure = request.GET.get("measure", target.measure)
    heading = _("Change target: %(target)s") % {"target": target.title}
    if request.GET.get("choose"):
        return _choose(request, plan, heading, target.measure)
    values = values_of(target)
    initial = target_initial(target, values)
    form = TargetForm(request.POST or None, measure=measure, initial=initial, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_target(target, by=actor, reason=form.why, **form.said())
            return redirect("workplan:plan", plan.record.number)
        except (Invalid, Conflict) as refused:
            _show_target(form, refused)
    return _page(request, form, plan, heading, measure=measure)


@require_http_methods(["GET", "POST"])
@acting
def withdraw_target(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    target = selectors.target_by(actor, pk)
    plan = _plan(actor, target.clause.plan.record.number)
    form = ReasonForm(request.POST or None, in_force=_in_force(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_target(target, by=actor, reason=form.why)
            return redirect("workplan:plan", plan.record.number)
        except Invalid as refused:
            _show(form, refused, "reason")
    heading = _("Withdraw target: %(target)s") % {"target": target.title}
    return _page(request, form, plan, heading, button=_("Withdraw"))


def _plan(actor: Actor, number: str) -> WorkPlan:
    """Raises: NotFound, NotAllowed."""
    plan = selectors.plan_by_number(actor, number)
    if not selectors.keeps_plan(actor, plan):
        raise NotAllowed(_("Only the unit whose plan it is may change it."))
    return plan


def _clause(plan: WorkPlan, pk: int) -> Clause:
    found = Clause.objects.select_related("plan__record__unit", "plan__region").filter(plan=plan, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _in_force(plan: WorkPlan) -> bool:
    return plan.state == PlanState.IN_FORCE


def _show(form: Any, refused: Invalid | Conflict, field: str) -> None:
    if isinstance(refused, Invalid):
        show_faults(form, refused)
    else:
        form.add_error(field if field in form.fields else None, str(refused))


def _show_target(form: TargetForm, refused: Invalid | Conflict) -> None:
    _show(form, refused, "title")


def _choose(request: HttpRequest, plan: WorkPlan, heading: str, chosen: str) -> HttpResponse:
    context = {"plan": plan, "heading": heading, "measures": measure_choices(), "chosen": chosen}
    return render(request, "workplan/choose.html", context)


def _page(
    request: HttpRequest, form: Any, plan: WorkPlan, heading: str, *, button: str = "", measure: str | None = None
) -> HttpResponse:
    known = measure_of(measure) if measure is not None else None
    context = {
        "form": form,
        "plan": plan,
        "heading": heading,
        "button": button or _("Store"),
        "measure": (known.name if known is not None else _("not measured yet")) if measure is not None else "",
        "choose": measure is not None,
    }
    return render(request, "workplan/form.html", context, status=422 if form.errors else 200)
