"""Forms of the register. What a service refuses is shown beside the field it is about."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors.regions import homes
from fenghuo.kernel.web.forms import Moment

from .models import Team, TeamKind, TeamState
from .pieces import read_pieces
from .services import TeamValues
from .services.values import NAME_MOST, NOTE_MOST, PEOPLE_MOST
from .words import capability_choices


class PiecesField(forms.CharField):
    """One piece of equipment a line: 液压破拆工具 2 套. Rows pasted from a sheet (with tabs) are read too."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> Any:
        try:
            return read_pieces(super().to_python(value) or "")
        except ValueError as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable


class ServiceForm(forms.Form):
    """A form that shows what a service refused."""

    def show(self, refused: Refused) -> None:
        faults = refused.faults if isinstance(refused, Invalid) else ()
        for fault in faults:
            name, _dot, row = fault.field.partition(".")
            where = _("Line %(place)s: ") % {"place": int(row.split(".")[0]) + 1} if name == "equipment" and row else ""
            self.add_error(name if name in self.fields else None, f"{where}{fault.message}")
        if not faults:
            self.add_error(None, str(refused.message))


class TeamForm(ServiceForm):
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=NAME_MOST)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of team"), choices=TeamKind.choices)
    unit = forms.CharField(
        label=gettext_lazy("Unit it belongs to (name, pinyin or code)"),
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
    region = forms.ChoiceField(label=gettext_lazy("Place"))
    people = forms.IntegerField(
        label=gettext_lazy("Number of people (empty: not known)"), required=False, min_value=0, max_value=PEOPLE_MOST
    )
    latitude = forms.FloatField(label=gettext_lazy("Latitude of the base (WGS 84)"), required=False)
    longitude = forms.FloatField(label=gettext_lazy("Longitude of the base (WGS 84)"), required=False)
    outside = forms.BooleanField(label=gettext_lazy("It really lies outside the county"), required=False)
    capabilities = forms.MultipleChoiceField(
        label=gettext_lazy("What it can do"),
        choices=capability_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    equipment = PiecesField(
        label=gettext_lazy("Equipment"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("One a line: name, number, unit of measure. Rows copied from a sheet fit too."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=NOTE_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = team.record.region if team else None
        self._regions = {region.code: region for region in region_choices(actor, own)}
        choices = [(code, region.name) for code, region in self._regions.items()]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]
        if team is not None:
            del self.fields["unit"]

    @staticmethod
    def of(team: Team, actor: Actor) -> "TeamForm":
        own = not team.position_estimated
        said = {
            "name": team.name,
            "kind": team.kind,
            "region": team.record.region.code if team.record.region else "",
            "people": team.people,
            "latitude": team.latitude if own else None,
            "longitude": team.longitude if own else None,
            "capabilities": [row.slug for row in team.capability_rows.all()],
            "equipment": "\n".join(f"{row.name} {row.count} {row.measure}" for row in team.equipment_rows.all()),
            "note": team.note,
            "version": team.record.version,
        }
        return TeamForm(initial=said, actor=actor, team=team)

    def values(self) -> TeamValues:
        said = self.cleaned_data
        return {
            "name": said["name"],
            "kind": said["kind"],
            "region": self._regions[said["region"]],
            "people": said["people"],
            "latitude": said["latitude"],
            "longitude": said["longitude"],
            "outside": said["outside"],
            "capabilities": said["capabilities"],
            "equipment": said["equipment"],
            "note": said["note"],
        }


class StateForm(ServiceForm):
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=TeamState.choices)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)
    until = Moment(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("A rest ends then by itself; what is not available waits for your word."),
    )


class ArchiveForm(ServiceForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000)


class ContactForm(ServiceForm):
    """One row of the list; `person` is a key of the registry. An empty row is no contact."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Person of the unit"), required=False, coerce=int, empty_value=None
    )
    name = forms.CharField(label=gettext_lazy("or name"), max_length=60, required=False)
    phone = forms.CharField(
        label=gettext_lazy("and telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    title = forms.CharField(label=gettext_lazy("Role in the team"), max_length=40, required=False)
    place = forms.IntegerField(label=gettext_lazy("Order"), required=False, min_value=1, max_value=99)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]

    @property
    def blank(self) -> bool:
        said = self.cleaned_data
        return not (said.get("person") or said.get("name") or said.get("phone") or said.get("title"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("person") and (said.get("name") or said.get("phone")):
            self.add_error("person", _("Choose a person or write a name and telephone, not both."))
        return said


def region_choices(actor: Actor, own: Region | None = None) -> list[Region]:
    """Places a team may be entered at: the county and its towns, as far as the actor's block reaches, and `own`."""
    home = homes()[:1].values("pk")
    known = Region.objects.filter(Q(pk__in=home) | Q(parent__in=home), valid_to=None).order_by("path")
    inside = [region for region in known if region.path.startswith(actor.block)]
    if not inside and actor.block:
        inside = list(Region.objects.filter(path=actor.block))
    return inside if own is None or own in inside else [*inside, own]
