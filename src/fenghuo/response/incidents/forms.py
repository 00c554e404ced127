"""Forms of the desk. They say the same as a machine's message and are read by the same reader."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.web.forms import Moment
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.measures import MEASURES

from .models import FIGURES, Condition, DismissReason, Level, ResponseLevel, Source
from .words import FIGURE_WORDS, figure_word, kind_name

# Where the message's fields stand on the form, when the name is another one.
FIELDS = {
    "caller.name": "caller_name",
    "caller.phone": "caller_phone",
    "location.address": "address",
    "location.latitude": "latitude",
    "location.longitude": "longitude",
    "location": "latitude",
} | {f"figures.{name}": name for name in FIGURES}


AREA = forms.Textarea(attrs={"rows": 3})


def kind_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((slug, kind_name(slug)) for slug in KINDS)]


class FactsForm(forms.Form):
    text = forms.CharField(label=_("What is said"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    happened_at = Moment(label=_("Happened at"), required=False)
    address = forms.CharField(label=_("Place"), max_length=500, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-180, max_value=180)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            self.fields[name] = forms.IntegerField(
                label=FIGURE_WORDS[name], required=False, min_value=0, max_value=10_000_000
            )

    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIGURES]

    def facts(self) -> dict[str, Any]:
        """The part of the message that facts make up; what was left empty is absent (unknown)."""
        said = self.cleaned_data
        happened = said["happened_at"]
        place = {name: said[name] for name in ("address", "latitude", "longitude") if said[name] not in ("", None)}
        figures = {name: said[name] for name in FIGURES if said[name] is not None}
        return {
            "text": said["text"],
            **({"happened_at": happened.isoformat()} if happened else {}),
            **({"location": place} if place else {}),
            **({"figures": figures} if figures else {}),
        }

    def show(self, refused: Invalid) -> None:
        """Put what the reader or a service objected to beside its field."""
        for fault in refused.faults:
            name = FIELDS.get(fault.field, fault.field)
            self.add_error(name if name in self.fields else None, str(fault.message))
        if not refused.faults:
            self.add_error(None, str(refused.message))


class ReportForm(FactsForm):
    field_order = ("source", "received_at", "caller_name", "caller_phone", "text", "kind", "happened_at", "address")
    source = forms.ChoiceField(label=_("Came from"), choices=Source.choices)
    source_id = forms.CharField(widget=forms.HiddenInput, max_length=64)  # sent twice, it is still one report
    guessed = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)  # fields nobody confirmed
    received_at = Moment(label=_("Received at"))
    exercise = forms.BooleanField(label=_("Exercise: nothing of it leaves the house"), required=False)
    caller_name = forms.CharField(label=_("Caller"), max_length=100, required=False)
    caller_phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    kind = forms.ChoiceField(label=_("Kind of incident"), choices=kind_choices, required=False)
    address = forms.CharField(
        label=_("Place"),
        max_length=500,
        required=False,
        widget=forms.TextInput(
            attrs={
                "list": "places-found",
                "autocomplete": "off",
                "hx-get": reverse_lazy("incidents:place_options"),
                "hx-trigger": "input changed delay:120ms",
                "hx-target": "#places-found",
            }
        ),
    )

    @staticmethod
    def fresh() -> "ReportForm":
        return ReportForm(
            initial={
                "source": Source.UNIT,
                "source_id": f"form-{uuid4()}",
                "received_at": timezone.localtime().replace(microsecond=0),
            }
        )

    def content(self) -> dict[str, Any]:
        """The message as a machine would send it."""
        said = self.cleaned_data
        caller = {name: said[f"caller_{name}"] for name in ("name", "phone") if said[f"caller_{name}"]}
        return {
            "source": said["source"],
            "source_id": said["source_id"],
            "received_at": said["received_at"].isoformat(),
            **self.facts(),
            **({"kind": said["kind"]} if said["kind"] else {}),
            **({"caller": caller} if caller else {}),
            **({"guessed": said["guessed"].split()} if said["guessed"].strip() else {}),
            **({"exercise": True} if said["exercise"] else {}),
        }


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=DismissReason.choices)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)


class HandOverForm(forms.Form):
    to = forms.CharField(
        label=_("To which unit (name, pinyin or code)"),
        max_length=120,
        widget=forms.TextInput(
            attrs={
                "list": "units-found",
                "autocomplete": "off",
                "hx-get": reverse_lazy("web:unit_options"),
                "hx-trigger": "input changed delay:120ms",
                "hx-target": "#units-found",
            }
        ),
    )
    received_by = forms.CharField(label=_("Taken over there by"), max_length=100)


class SettleForm(forms.Form):
    note = forms.CharField(label=_("What was done"), max_length=500)


class GradeForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=[*Level.choices, ("", _("not graded"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    basis = forms.CharField(label=_("Basis, when it is not the proposed level"), max_length=500, required=False)


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of incident"), choices=kind_choices)


class CorrectForm(forms.Form):
    occurred_at = Moment(label=_("Happened at"), required=False)
    learned_at = Moment(label=_("Learned at"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    sensitive = forms.TypedChoiceField(
        label=_("Sensitive"),
        choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000)


class FiguresForm(forms.Form):
    source = forms.CharField(label=_("Who says so"), max_length=40)
    as_of = Moment(label=_("As of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            self.fields[name] = forms.IntegerField(
                label=FIGURE_WORDS[name], required=False, min_value=0, max_value=10_000_000
            )
        self.fields["measure"] = forms.ChoiceField(label=_("Another measure"), choices=measure_choices, required=False)
        self.fields["amount"] = forms.FloatField(label=_("Amount"), required=False, min_value=0, max_value=1e12)

    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIGURES]

    def figures(self) -> dict[str, int | float]:
        """What was given; an empty field keeps what the source said before."""
        said = self.cleaned_data
        found = {name: said[name] for name in FIGURES if said[name] is not None}
        if said["measure"] and said["amount"] is not None:
            found[said["measure"]] = said["amount"]
        return found


def measure_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((slug, figure_word(slug)) for slug in MEASURES)]


class ResponseForm(forms.Form):
    level = forms.TypedChoiceField(label=_("Response level"), choices=ResponseLevel.choices, coerce=int)
    matters = forms.CharField(label=_("Matters of the response"), max_length=2000, widget=AREA)
    measures = forms.CharField(label=_("Measures"), max_length=5000, widget=AREA)
    until = Moment(label=_("Expected until"))


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note"), max_length=10_000, widget=AREA)
    happened_at = Moment(label=_("Happened at"), required=False)


class TellForm(forms.Form):
    rules = forms.CharField(widget=forms.HiddenInput)
    to = forms.CharField(label=_("Which office was told"), max_length=120)
    received_by = forms.CharField(label=_("Taken there by"), max_length=100, required=False)
    happened_at = Moment(label=_("Told at"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000)


class SummaryForm(forms.Form):
    summary = forms.CharField(label=_("Summary"), max_length=10_000, widget=AREA)


class AreaForm(forms.Form):
    name = forms.CharField(label=_("Name of the area"), max_length=60)
    geometry = forms.JSONField(label=_("Outline"), widget=forms.HiddenInput)


class WhereaboutsForm(forms.Form):
    condition = forms.ChoiceField(label=_("Condition"), choices=[("", "—"), *Condition.choices])
    hospital = forms.CharField(label=_("Hospital or whereabouts"), max_length=120, required=False)
    relatives_told_at = Moment(label=_("Relatives told at"), required=False)


class CasualtyForm(WhereaboutsForm):
    field_order = ("name", "condition", "identity", "phone")
    name = forms.CharField(label=_("Name of the person"), max_length=100)
    identity = forms.CharField(label=_("Identity number"), max_length=32, required=False)
    phone = forms.CharField(label=_("Telephone of relatives"), max_length=40, required=False)
