"""A village files its plan from a phone: a photo or a PDF, five short answers, done. Works without script.

Whatever is wrong, what was typed and brought is kept as a draft of the unit, and the page opens with it again.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, Refused, said_by
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.documents.selectors import attachments_of
from fenghuo.kernel.documents.services import MOST_BYTES, Staged, stage
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.models.submissions import UNDER_WAY
from fenghuo.kernel.submissions.receivers import receiver_for
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import services
from ..forms import QuickForm
from ..models import Duty, Plan, PlanAnswers
from ..services.answering import answer_faults, kind_for, open_draft
from ..services.submitting import filing_rules
from .plans import receivers_said


@require_http_methods(["GET", "POST"])
@acting
def quick(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "plans.write")
    unit = Unit.objects.select_related("region", "record").filter(pk=actor.unit_id).first()
    if unit is None:
        raise NotAllowed(_("Only somebody in a post of a unit files its plan."))
    draft = open_draft(unit, kind_for(unit))
    if draft is not None and _lies_with_others(draft):
        return redirect("plans:plan", draft.record.number)
    if request.method != "POST":
        return _shown(request, actor, unit, draft, QuickForm(initial=_kept(draft)))
    return _brought(request, actor, unit)


def _brought(request: HttpRequest, actor: Actor, unit: Unit) -> HttpResponse:
    """Kept first, then filed: what stops the filing does not lose the draft."""
    form, faults = QuickForm(request.POST), list[str]()
    staged = _staged(request, faults)
    if not form.is_valid():
        return _shown(request, actor, unit, open_draft(unit, kind_for(unit)), form, faults)
    try:
        draft = services.keep_draft(unit, by=actor, answers=services.Answers(**form.cleaned_data))  # type: ignore[typeddict-item]
        for one in staged:
            services.attach_paper(draft, one, by=actor)
    except Invalid as refused:
        show_faults(form, refused)
        return _shown(request, actor, unit, open_draft(unit, kind_for(unit)), form, faults)
    if "later" in request.POST and not faults:
        messages.success(request, _("Kept. Open this page again to go on."))
        return redirect("plans:quick")
    lacking = list(answer_faults(PlanAnswers.objects.get(plan=draft)))
    if lacking:
        show_faults(form, Invalid(*lacking))
    if lacking or faults:
        return _shown(request, actor, unit, draft, form, faults)
    try:
        made = services.file_plan(draft, by=actor, partly=True)
    except Refused as refused:
        return _shown(request, actor, unit, draft, form, said_by(refused))
    messages.success(request, _("Done. The plan was filed with: %(to)s.") % {"to": receivers_said(made)})
    return redirect("plans:plan", draft.record.number)


def _staged(request: HttpRequest, faults: list[str]) -> list[Staged]:
    """The files that can be kept; what is wrong with the others goes to `faults`."""
    found = []
    for one in request.FILES.getlist("file")[:20]:
        try:
            found.append(stage(one.chunks(), one.name or ""))
        except Refused as refused:
            faults += [f"{one.name}: {said}" for said in said_by(refused)]
    return found


def _shown(
    request: HttpRequest, actor: Actor, unit: Unit, draft: Plan | None, form: QuickForm, faults: list[str] | None = None
) -> HttpResponse:
    kind = kind_for(unit)
    probe = draft or Plan(kind=kind, record=unit.record)
    rules = filing_rules(probe) if probe.record.unit_id is not None else []
    wrong = bool(faults) or bool(form.errors)
    context = {
        "unit": unit,
        "draft": draft,
        "files": list(attachments_of([draft.pk], actor)) if draft else [],
        "form": form,
        "faults": faults or [],
        "to": [receiver_for(rule, unit) for rule in rules],
        "duty": Duty.objects.filter(unit=unit, plan_kind=kind).select_related("plan__record").first(),
        "most": MOST_BYTES // 1024**2,
    }
    return render(request, "plans/quick.html", context, status=422 if wrong else 200)


def _kept(draft: Plan | None) -> dict[str, str]:
    kept = PlanAnswers.objects.filter(plan=draft).first() if draft else None
    return {name: getattr(kept, name) for name in QuickForm.base_fields} if kept else {}


def _lies_with_others(draft: Plan) -> bool:
    """Returned for correction counts too: the remarks stand on the plan's page."""
    return Submission.objects.filter(paper=draft.pk, state__in=UNDER_WAY).exists()
