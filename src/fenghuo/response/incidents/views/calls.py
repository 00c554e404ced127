"""Taking a call (接报): one page on which a report is typed, compared, and put on record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.registry.selectors import find_regions
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..forms import ReportForm
from ..messages import ReportMessage
from ..models import FIGURES, Incident, Report
from ..presenting import present_duplicates, present_proposal
from ..reading import content_digest, read_message
from ..services.drafts import drafts_of, drop_draft, keep_draft
from ..typing import Typed, read_typed

OPEN, KEEP, JOIN = "open", "keep", "join:"


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a call. What was typed stays on the form, and in a draft, until it is on record."""
    require(actor, "reports.receive")
    form = ReportForm(request.POST) if request.method == "POST" else _begun(request, actor)
    if form.is_bound and request.method == "POST" and form.is_valid():
        try:
            report = _put_on_record(form, actor)
            drop_draft(form.cleaned_data["source_id"], by=actor)
            return redirect(_go_on(request, actor, report))
        except Invalid as refused:
            form.show(refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    said = {name: form[name].value() or "" for name in form.fields}
    typed = read_typed({name: str(value) for name, value in said.items()}, actor)
    context = {
        "form": form,
        "drafts": drafts_of(actor).exclude(key=str(said["source_id"]))[:5],
        "may_open": actor.may("incidents.write"),
        **_side(typed, said),
    }
    return render(request, "incidents/call.html", context, status=422 if form.errors else 200)


@require_POST
@acting
def typing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What stands on the form now: keep it, and say what the house knows of it."""
    require(actor, "reports.receive")
    said = {
        name: str(value).replace("\x00", "") for name, value in request.POST.items() if name in ReportForm.base_fields
    }
    said |= {name: str(request.POST[name]) for name in FIGURES if name in request.POST}
    try:
        kept = keep_draft(said.get("source_id", ""), said, by=actor)
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=refused.status)
    typed = read_typed(said, actor)
    shown = _side(typed, said)
    side = render_to_string("incidents/call_side.html", shown, request)
    return JsonResponse(
        {
            "saved": f"{timezone.localtime(kept.saved_at):%H:%M:%S}",
            "guesses": {name: {"value": value, "words": words} for name, (value, words) in typed.guesses.items()},
            "side": side,
            "level": render_to_string("incidents/call_level.html", shown, request),
            "place": _spot(typed),
            "top": _top(typed),
        }
    )


@require_POST
@acting
def drop(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Throw a draft away."""
    drop_draft(request.POST.get("key", ""), by=actor)
    return redirect("incidents:new")


@require_GET
@acting
def place_options(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Typeahead of the county's places by characters, pinyin, initials or former name."""
    require(actor, "reports.receive")
    found = find_regions(request.GET.get("address", "").replace("\x00", "")[:40], 8)
    options = [
        {
            "value": f"{region.parent.name if region.parent and region.level == 'village' else ''}{region.name}",
            "note": said if said != region.name else "",
        }
        for region, said in found
    ]
    return render(request, "incidents/place_options.html", {"options": options})


def _begun(request: HttpRequest, actor: Actor) -> ReportForm:
    """An empty form, or the draft asked for."""
    key = request.GET.get("draft", "")
    kept = drafts_of(actor).filter(key=key).first() if key else None
    return ReportForm(initial=kept.content) if kept else ReportForm.fresh()


def _put_on_record(form: ReportForm, actor: Actor) -> Report:
    content = form.content()
    message = read_message(ReportMessage, content)
    (outcome,) = services.receive_reports([services.Incoming(actor, message, content_digest(content))])
    if isinstance(outcome, Refused):
        raise outcome
    return selectors.report(actor, outcome.report.pk)


def _go_on(request: HttpRequest, actor: Actor, report: Report) -> str:
    """What was asked with it: an incident of its own, one it belongs to, or nothing yet. Answers where to go."""
    do = request.POST.get("do", KEEP)
    number = report.record.number
    try:
        if do == OPEN:
            incident = services.open_incident([report], by=actor)
            messages.success(
                request, _("Report %(number)s is on record and an incident was opened.") % {"number": number}
            )
            return incident_address(incident)
        if do.startswith(JOIN):
            incident = join_to(report, do.removeprefix(JOIN), actor)
            messages.success(request, _("Report %(number)s is on record and joined.") % {"number": number})
            return incident_address(incident)
    except Refused as refused:
        messages.error(request, _("Report %(number)s is on record, but: %(why)s") % {"number": number, "why": refused})
    else:
        messages.success(request, _("Report %(number)s is on record.") % {"number": number})
    return reverse("incidents:report", args=[report.pk])


def join_to(report: Report, key: str, actor: Actor) -> Incident:
    """Join to the incident with this record key; or, when it is a report's, open an incident of both."""
    pk = int(key) if key.isdigit() else 0
    incident = Incident.objects.visible_to(actor).filter(pk=pk).first()
    if incident is not None:
        return services.join_report(incident, report, by=actor)
    return services.open_incident([selectors.report(actor, pk), report], by=actor)


def incident_address(incident: Incident) -> str:
    return reverse("incidents:incident", args=[incident.record.number])


def _side(typed: Typed, said: Any) -> dict[str, Any]:
    return {
        "duplicates": present_duplicates(typed.duplicates),
        "proposal": present_proposal(typed.proposal),
        "typed": typed,
        "several": typed.incidents > 1,
        "map_data": {"spot": _spot(typed)},
        "text": said.get("text", ""),
    }


def _spot(typed: Typed) -> dict[str, Any] | None:
    if typed.latitude is None or typed.longitude is None:
        return None
    return {"latitude": typed.latitude, "longitude": typed.longitude, "approximate": typed.approximate}


def _top(typed: Typed) -> str:
    return f"{JOIN}{typed.duplicates[0].record}" if typed.duplicates else ""
