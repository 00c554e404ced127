"""The one page on which an incident is led."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.clocks.selectors import clocks_of, due_at_once
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import selectors
from ..clocks import anchors_of, facts_from
from ..closing import still_open
from ..figures import by_source, chosen, standing
from ..forms import (
    AreaForm,
    CasualtyForm,
    CorrectForm,
    FiguresForm,
    GradeForm,
    KindForm,
    NoteForm,
    ReasonForm,
    ResponseForm,
    SummaryForm,
    TellForm,
)
from ..panels import panels_for
from ..presenting import present_figures, present_proposal, source_name
from ..proposing import louder, propose
from ..states import INCIDENT_STATES
from ..words import kind_name, level_name, mark_sentence
from .acts import VERBS

# Verbs whose buttons stand in lists, without a place of their own for what was refused.
SAID_ON_TOP = ("separate_report", "separate_incident", "choose_figures", "control", "end_response")


@require_GET
@acting
def incident(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    led = selectors.incident_led(actor, number)
    found = led.incident
    if found.record.number != number:
        messages.info(request, _("Incident %(number)s was joined to this one.") % {"number": number})
        return redirect("incidents:incident", found.record.number)
    return _page(request, actor, led)


@require_POST
@acting
def do(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """Carry out a verb; what was refused is said beside its form, and what was typed stays there."""
    found = selectors.incident(actor, number)
    act = VERBS.get(verb)
    if act is None:
        raise NotFound(_("There is no such verb."))
    form = act.form(request.POST)
    if form.is_valid():
        try:
            act.run(found, form, actor)
            messages.success(request, str(act.done()))
            return redirect("incidents:incident", found.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    if verb in SAID_ON_TOP:
        for faults in form.errors.values():
            messages.error(request, " ".join(map(str, faults)))
    return _page(request, actor, selectors.incident_led(actor, number), failed=verb, form=form)


@require_GET
@acting
def left_open(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What is still open, asked for when somebody is about to close."""
    found = selectors.incident(actor, number)
    return render(request, "incidents/left_open.html", {"left_open": still_open(found)})


def _page(
    request: HttpRequest,
    actor: Actor,
    led: selectors.Led,
    *,
    failed: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    found, merged = led.incident, led.merged
    ids = [found.pk, *(one.pk for one in merged)]
    sources = by_source(standing(found, ids))
    figures = chosen(found, sources)
    proposal = propose(found, figures)
    columns, rows = present_figures(sources, figures)
    verbs = INCIDENT_STATES.verbs(found.state) if actor.may("incidents.write") else []
    clocks = clocks_of([found.pk], actor)
    areas = list(found.areas.filter(replaced_at__isnull=True).order_by("pk"))
    local = timezone.localtime
    blank: dict[str, forms.Form] = {
        "grade": GradeForm(initial={"level": found.level or found.proposed_level}),
        "change_kind": KindForm(initial={"kind": found.kind}),
        "correct": CorrectForm(
            initial={"occurred_at": local(found.occurred_at), "learned_at": local(found.learned_at)}
        ),
        "set_figures": FiguresForm(initial={"as_of": local().replace(microsecond=0)}),
        "set_response": ResponseForm(initial={"level": found.response_level or 4}),
        "tell": TellForm(),
        "note": NoteForm(),
        "list_casualty": CasualtyForm(),
        "close": SummaryForm(initial={"summary": found.summary}),
        "reopen": ReasonForm(),
        "draw_area": AreaForm(),
    }
    if failed and form is not None:
        blank[failed] = form
    context = {
        "incident": found,
        "kind": kind_name(found.kind) if found.kind else "",
        "level": level_name(found.level),
        "proposal": present_proposal(proposal),
        "to_confirm": found.graded_at is None or (proposal is not None and proposal.level != found.level),
        "louder": [(source_name(source), level_name(level)) for source, level in louder(found, sources, proposal)],
        "columns": columns,
        "figures": rows,
        "running": [one for one in clocks if one.met_at is None and one.ended_at is None and not one.window],
        "done": [one for one in clocks if one.met_at is not None],
        "at_once": due_at_once("incident", facts_from(found, figures, proposal), anchors_of(found)) if verbs else [],
        "windows": [one for one in clocks if one.window and one.ended_at is None],
        "reports": selectors.reports_of(found, actor, ids),
        "merged": merged,
        "areas": [(area, [mark_sentence(mark) for mark in area.marks]) for area in areas],
        "casualty_count": led.casualties,
        "may_read_casualties": actor.may("casualties.read"),
        "left_open": still_open(found) if failed == "close" else None,
        "panels": panels_for(actor, found.record.number),
        "verbs": verbs,
        "forms": blank,
        "failed": failed,
        "map_data": {
            "spot": {"latitude": found.latitude, "longitude": found.longitude, "approximate": found.approximate}
            if found.latitude is not None
            else None,
            "areas": [{"name": area.name, "geometry": area.geometry} for area in areas],
        },
        "record": found.record,
    }
    template = "incidents/incident.html#live" if request.headers.get("HX-Request") else "incidents/incident.html"
    return render(request, template, context, status=422 if failed else 200)
