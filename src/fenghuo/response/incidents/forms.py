"""Forms of the desk. They say the same as a machine's message and are read by the same reader."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.errors import Invalid
from fenghuo.standards.kinds import KINDS

from .models import FIGURES, DismissReason, Source
from .words import FIGURE_WORDS, kind_name

# Where the message's fields stand on the form, when the name is another one.
FIELDS = {
    "caller.name": "caller_name",
    "caller.phone": "caller_phone",
    "location.address": "address",
    "location.latitude": "latitude",
    "location.longitude": "longitude",
    "location": "latitude",
} | {f"figures.{name}": name for name in FIGURES}


def kind_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((slug, kind_name(slug)) for slug in KINDS)]


class Moment(forms.DateTimeField):
    """A local time to the second, shown by the browser's own control."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S")
    input_formats = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


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
    source_id = forms.CharField(widget=forms.HiddenInput, max_length=128)  # sent twice, it is still one report
    received_at = Moment(label=_("Received at"))
    caller_name = forms.CharField(label=_("Caller"), max_length=100, required=False)
    caller_phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    kind = forms.ChoiceField(label=_("Kind of incident"), choices=kind_choices, required=False)

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
