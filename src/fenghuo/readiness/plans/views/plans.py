"""One plan: what is known, its papers, its courses, its editions, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused, said_by
from fenghuo.kernel.documents.selectors import attachment, attachments_of
from fenghuo.kernel.submissions.kinds import item_name, name_of
from fenghuo.kernel.submissions.receivers import receiver_for
from fenghuo.kernel.submissions.selectors import submissions
from fenghuo.kernel.web.acting import acting
from fenghuo.standards.plan_kinds import PLAN_KINDS

from .. import services
from ..forms import ReasonForm
from ..models import Plan, PlanAnswers, PlanPaper, PlanState
from ..selectors import editions_of, plan
from ..services.keeping import owner_of
from ..services.submitting import filing_rules, lacking_items, may_file
from ..words import incident_kind_choices, plan_kind_name


@require_GET
@acting
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return page(request, actor, plan(actor, number))


def page(request: HttpRequest, actor: Actor, found: Plan, *, faults: list[str] | None = None) -> HttpResponse:
    papers, rules = _papers(found, actor), filing_rules(found)
    courses = list(submissions(actor, papers=[found.pk]))
    words, kind = dict(incident_kind_choices()), PLAN_KINDS.get(found.kind)
    going = [one for one in courses if one.state != "withdrawn"]
    changes = services.may_change(actor, found)
    to = [(rule, name_of(rule.id), receiver_for(rule, owner_of(found))) for rule in rules]
    context = {
        "plan": found,
        "kind": plan_kind_name(found.kind),
        "basis": kind.cited if kind is not None and kind.review_years else "",
        "years": kind.review_years if kind is not None else None,
        "covers": [words.get(row.slug, row.slug) for row in found.covers_rows.all()],
        "answers": PlanAnswers.objects.filter(plan=found).first(),
        "papers": papers,
        "courses": [(one, name_of(one.kind)) for one in courses],
        "to": to,
        "gaps": any(addressed.unit is None for _rule, _word, addressed in to),
        "lacking": [(item, item_name(item)) for item in lacking_items(found)],
        "items": [(item, item_name(item)) for item in dict.fromkeys(item for rule in rules for item in rule.papers)],
        "being_filed": found.state == PlanState.DRAFTED and bool(going),
        "may_file": may_file(found, actor) and not going,
        "may_change": changes and found.record.archived_at is None,
        "may_next": changes and found.state in (PlanState.FILED, PlanState.DUE) and found.record.archived_at is None,
        "may_restore": changes and found.record.archived_at is not None,
        "editions": editions_of(actor, found),
        "faults": faults or [],
        "reason_form": ReasonForm(),
    }
    live = "state" if request.GET.get("part") == "state" else "now"
    part = f"plans/plan.html#{live}" if request.headers.get("HX-Request") else "plans/plan.html"
    return render(request, part, context, status=422 if faults else 200)


@require_POST
@acting
def file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = plan(actor, number)
    on_paper = request.POST.getlist("on_paper")[:20]
    try:
        made = services.file_plan(found, by=actor, on_paper=on_paper, partly="partly" in request.POST)
    except Refused as refused:
        return page(request, actor, found, faults=said_by(refused))
    messages.success(request, _("Filed with: %(to)s. Each of them answers by itself.") % {"to": receivers_said(made)})
    return redirect("plans:plan", number)


@require_POST
@acting
def name_paper(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    item = request.POST.get("item", "")[:48]
    return _done(
        request,
        actor,
        number,
        lambda found: services.name_paper(found, attachment(actor, pk), by=actor, item=item),
        _("Noted what this file stands for."),
    )


@require_POST
@acting
def confirm(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    said = _("Noted: what stands here is right as of today.")
    return _done(request, actor, number, lambda found: services.confirm_plan(found, by=actor), said)


@require_POST
@acting
def archive(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    reason = request.POST.get("reason", "")[:2000]
    said = _("The plan is in the archive.")
    return _done(request, actor, number, lambda found: services.archive_plan(found, by=actor, reason=reason), said)


@require_POST
@acting
def restore(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    said = _("The plan is back in the register.")
    return _done(request, actor, number, lambda found: services.restore_plan(found, by=actor), said)


@require_POST
@acting
def next_edition(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = plan(actor, number)
    try:
        made = services.draft_next_edition(found, by=actor)
    except Refused as refused:
        return page(request, actor, found, faults=said_by(refused))
    messages.success(request, _("The next edition is drafted. This one stays in force until that one is filed."))
    return redirect("plans:plan", made.record.number)


def receivers_said(made: list[Any]) -> str:
    return "、".join(one.receiver.name if one.receiver is not None else _("nobody yet") for one in made)


def _papers(found: Plan, actor: Actor) -> list[tuple[Any, str]]:
    """(file, for which item it stands)."""
    named = dict(PlanPaper.objects.filter(plan=found).values_list("attachment", "item"))
    return [(one, named.get(one.pk, "")) for one in attachments_of([found.pk], actor)]


def _done(request: HttpRequest, actor: Actor, number: str, verb: Callable[[Plan], object], said: str) -> HttpResponse:
    found = plan(actor, number)
    try:
        verb(found)
    except Refused as refused:
        return page(request, actor, found, faults=said_by(refused))
    messages.success(request, said)
    return redirect("plans:plan", number)
