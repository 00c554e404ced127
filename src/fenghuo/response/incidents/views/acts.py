"""The verbs of the incident page: each with its form, what it does, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound

from .. import selectors, services
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
from ..models import Incident, Report


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
