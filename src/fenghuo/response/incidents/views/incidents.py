"""The pages of incidents: list and map, and the one page on which an incident is led."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, Refused
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.clocks.selectors import clocks_of
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..arriving import arrivals
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
    kind_choices,
)
from ..models import Holding, Incident, IncidentState, Note, Report
from ..presenting import present_figures, present_proposal, source_name
from ..proposing import louder, propose
from ..states import INCIDENT_STATES
from ..words import kind_name, level_name, mark_sentence

PAGE = 50


@require_GET
@acting
def incidents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List and map. Filters stand in the address."""
    asked = {name: request.GET.get(name, "")[:100].replace("\x00", "") for name in ("state", "kind", "q", "view")}
    open_states = f"{IncidentState.OPEN} {IncidentState.CONTROLLED}"
    state = {"": open_states, "all": ""}.get(asked["state"], asked["state"])
    found = selectors.incidents(actor, state=state, kind=asked["kind"], text=asked["q"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    clocks = clocks_of([incident.pk for incident in page], actor)
    due = {}
    for clock in reversed(clocks):
        if clock.met_at is None and clock.ended_at is None and not clock.window:
            due[clock.record] = clock
    context = {
        "page": page,
        "rows": [(incident, kind_name(incident.kind), due.get(incident.pk)) for incident in page],
        "asked": asked,
        "states": [("", _("open")), *IncidentState.choices, ("all", _("all"))],
        "kinds": kind_choices()[1:],
        "map_data": {
            "points": [
                {
                    "latitude": incident.latitude,
                    "longitude": incident.longitude,
                    "title": incident.record.title,
                    "url": reverse("incidents:incident", args=[incident.record.number]),
                    "level": incident.level or incident.proposed_level or 0,
                }
                for incident in page
                if incident.latitude is not None
            ]
        },
    }
    template = "incidents/incidents.html#rows" if request.headers.get("HX-Request") else "incidents/incidents.html"
    return render(request, template, context)


@require_GET
@acting
def incident(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.incident(actor, number)
    if found.record.number != number:
        messages.info(request, _("Incident %(number)s was joined to this one.") % {"number": number})
        return redirect("incidents:incident", found.record.number)
    return _page(request, actor, found)


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
            _show(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, actor, found, failed=verb, form=form)


@require_POST
@acting
def casualties(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The names, for a reason that goes on record."""
    found = selectors.incident(actor, number)
    form = ReasonForm(request.POST)
    if form.is_valid():
        rows = services.show_casualties(found, by=actor, reason=form.cleaned_data["reason"])
        return render(request, "incidents/casualties.html", {"incident": found, "rows": rows})
    return _page(request, actor, found, failed="casualties", form=form)


@require_GET
@acting
def left_open(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What is still open, asked for when somebody is about to close."""
    found = selectors.incident(actor, number)
    return render(request, "incidents/left_open.html", {"left_open": still_open(found)})


@require_POST
@acting
def look(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The page says that it is open, and hears who has it and who else looks at it."""
    record = _record(actor, pk)
    services.look(record, by=actor)
    return render(request, "incidents/who.html", who_context(record, actor))


@require_POST
@acting
def take(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    record = _record(actor, pk)
    try:
        if request.POST.get("do") == "give_back":
            services.give_back(record, by=actor)
        else:
            services.take(record, by=actor, over=request.POST.get("do") == "over")
    except Refused as refused:
        return render(request, "incidents/who.html", who_context(record, actor) | {"refused": refused.message})
    return render(request, "incidents/who.html", who_context(record, actor))


def who_context(record: Record, actor: Actor) -> dict[str, Any]:
    """Who has a report or incident, and who else has it open. 2 queries."""
    held = Holding.objects.filter(record=record).select_related("post__unit", "post__person").first()
    return {
        "held": held,
        "mine": held is not None and held.post_id == actor.post_id,
        "others": services.others_looking(record, by=actor),
        "may_take": actor.may("incidents.write") and actor.post_id is not None,
        "record": record,
    }


@dataclass(frozen=True, slots=True)
class Act:
    """A verb on the page: its form, what it does, and what is said when it is done."""

    form: type[forms.Form]
    run: Callable[[Incident, Any, Actor], object]
    done: Callable[[], str]


def _set_figures(it: Incident, form: FiguresForm, by: Actor) -> object:
    said = form.cleaned_data
    return services.set_figures(it, by=by, source=said["source"], as_of=said["as_of"], figures=form.figures())


def _note(it: Incident, form: NoteForm, by: Actor) -> object:
    return services.add_note(it, by=by, **form.cleaned_data)


def _tell(it: Incident, form: TellForm, by: Actor) -> object:
    said = form.cleaned_data
    return services.note_told(
        it,
        by=by,
        rules=said["rules"].split(),
        to=said["to"],
        received_by=said["received_by"],
        happened_at=said["happened_at"],
    )


class KeyForm(forms.Form):
    """One thing meant by its key, and why."""

    key = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=2000, required=False)


def _report(key: str, by: Actor) -> Report:
    try:
        return selectors.report(by, int(key) if key.isdigit() else 0)
    except NotFound as unknown:
        raise Invalid(Fault("key", unknown.message, key)) from unknown


def _other(key: str, by: Actor) -> Incident:
    try:
        return selectors.incident_itself(by, key)
    except NotFound as unknown:
        raise Invalid(Fault("key", unknown.message, key)) from unknown


def _person(form: CasualtyForm) -> services.Person:
    return services.Person(**form.cleaned_data)


VERBS: dict[str, Act] = {
    "grade": Act(
        GradeForm,
        lambda it, form, by: services.grade_incident(it, by=by, **form.cleaned_data),
        lambda: _("The level is on record."),
    ),
    "change_kind": Act(
        KindForm,
        lambda it, form, by: services.change_kind(it, by=by, **form.cleaned_data),
        lambda: _("The kind was changed."),
    ),
    "correct": Act(
        CorrectForm,
        lambda it, form, by: services.correct_incident(it, by=by, **form.cleaned_data),
        lambda: _("The correction is on record."),
    ),
    "set_figures": Act(FiguresForm, _set_figures, lambda: _("The figures are on record.")),
    "choose_figures": Act(
        KeyForm,
        lambda it, form, by: services.choose_figures(it, by=by, source=form.cleaned_data["key"]),
        lambda: _("These figures are shown from now on."),
    ),
    "separate_report": Act(
        KeyForm,
        lambda it, form, by: services.separate_report(
            it, _report(form.cleaned_data["key"], by), by=by, reason=form.cleaned_data["reason"]
        ),
        lambda: _("The report was separated."),
    ),
    "join_incident": Act(
        KeyForm,
        lambda it, form, by: services.join_incident(it, _other(form.cleaned_data["key"], by), by=by),
        lambda: _("The incident was joined."),
    ),
    "separate_incident": Act(
        KeyForm,
        lambda it, form, by: services.separate_incident(
            it, _other(form.cleaned_data["key"], by), by=by, reason=form.cleaned_data["reason"]
        ),
        lambda: _("The incident was separated."),
    ),
    "draw_area": Act(
        AreaForm,
        lambda it, form, by: services.draw_area(it, by=by, **form.cleaned_data),
        lambda: _("The area is on record."),
    ),
    "set_response": Act(
        ResponseForm,
        lambda it, form, by: services.set_response(it, by=by, **form.cleaned_data),
        lambda: _("The response is on record."),
    ),
    "end_response": Act(
        forms.Form,
        lambda it, form, by: services.set_response(it, by=by, level=None),
        lambda: _("The response was ended."),
    ),
    "tell": Act(TellForm, _tell, lambda: _("It is on record that they were told.")),
    "note": Act(NoteForm, _note, lambda: _("The note is on record.")),
    "list_casualty": Act(
        CasualtyForm,
        lambda it, form, by: services.list_casualty(it, _person(form), by=by),
        lambda: _("The person is on the list."),
    ),
    "control": Act(
        forms.Form, lambda it, form, by: services.control_incident(it, by=by), lambda: _("Noted: under control.")
    ),
    "close": Act(
        SummaryForm,
        lambda it, form, by: services.close_incident(it, by=by, **form.cleaned_data),
        lambda: _("The incident is closed."),
    ),
    "reopen": Act(
        ReasonForm,
        lambda it, form, by: services.reopen_incident(it, by=by, **form.cleaned_data),
        lambda: _("The incident is open again."),
    ),
}


def _show(form: forms.Form, refused: Invalid) -> None:
    for fault in refused.faults:
        name = fault.field.removeprefix("figures.")
        form.add_error(name if name in form.fields else None, str(fault.message))
    if not refused.faults:
        form.add_error(None, str(refused.message))


def _record(actor: Actor, pk: int) -> Record:
    found = Record.objects.visible_to(actor).filter(pk=pk, kind__in=("report", "incident")).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found


def _page(
    request: HttpRequest, actor: Actor, found: Incident, *, failed: str = "", form: forms.Form | None = None
) -> HttpResponse:
    merged = list(found.merged.select_related("record").order_by("pk"))
    ids = [found.pk, *(one.pk for one in merged)]
    sources = by_source(standing(found, ids))
    figures = chosen(found, sources)
    proposal = propose(found, figures)
    columns, rows = present_figures(sources, figures)
    verbs = INCIDENT_STATES.verbs(found.state) if actor.may("incidents.write") else []
    clocks = clocks_of([found.pk], actor)
    lines = entries_about(found.pk, actor)
    notes = dict(Note.objects.filter(entry__in=[line.entry_id for line in lines]).values_list("entry", "text"))
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
        "casualties": ReasonForm(),
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
        "windows": [one for one in clocks if one.window and one.ended_at is None],
        "reports": selectors.reports_of(found, actor, ids),
        "merged": merged,
        "lines": [(line, notes.get(line.entry_id, "")) for line in lines],
        "areas": [(area, [mark_sentence(mark) for mark in area.marks]) for area in areas],
        "casualty_count": found.casualties.filter(removed_at__isnull=True).count(),
        "may_read_casualties": actor.may("casualties.read"),
        "left_open": still_open(found) if failed == "close" else None,
        "arrivals": arrivals(found),
        "verbs": verbs,
        "forms": blank,
        "failed": failed,
        "map_data": {
            "spot": {"latitude": found.latitude, "longitude": found.longitude, "approximate": found.approximate}
            if found.latitude is not None
            else None,
            "areas": [{"name": area.name, "geometry": area.geometry} for area in areas],
        },
        **who_context(found.record, actor),
    }
    template = "incidents/incident.html#live" if request.headers.get("HX-Request") else "incidents/incident.html"
    return render(request, template, context, status=422 if failed else 200)
