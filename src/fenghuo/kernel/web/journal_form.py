"""What an auditor asks of the journal, as a form whose fields stand in the address."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.naming import groups, verbs_meant
from fenghuo.kernel.journal.reach import Reach
from fenghuo.kernel.journal.searching import records_meant
from fenghuo.kernel.journal.wanted import Wanted, Who
from fenghuo.kernel.registry.selectors import find_units

from .history import position_typed
from .journal_who import who_meant
from .moments import Bound, check_order, show_as_typed
from .words import listed


class JournalForm(forms.Form):
    """Everything is optional; nothing asked for is everything."""

    who = forms.CharField(label=gettext_lazy("Person, post or machine"), required=False, max_length=120)
    unit = forms.CharField(label=gettext_lazy("Unit that acted"), required=False, max_length=120)
    verb = forms.CharField(label=gettext_lazy("Kind of act"), required=False, widget=forms.Select)
    about = forms.CharField(label=gettext_lazy("Number of the record"), required=False, max_length=64)
    by = forms.ChoiceField(
        label=gettext_lazy("Which time"),
        required=False,
        choices=[("", gettext_lazy("when it was recorded")), ("happened", gettext_lazy("when it happened"))],
    )
    since = Bound(label=gettext_lazy("From"))
    until = Bound(label=gettext_lazy("To"), end=True)
    exercise = forms.ChoiceField(
        label=gettext_lazy("Exercise or real"),
        required=False,
        choices=[("", gettext_lazy("All")), ("no", gettext_lazy("real")), ("yes", gettext_lazy("exercise"))],
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, max_length=30)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__({name: data[name].replace("\x00", "") for name in data})
        self.reach = reach
        self.fields["verb"].widget.choices = _verb_choices()
        self.fields["who"].widget.attrs |= _typeahead("web:journal_who", "who-found")
        self.fields["unit"].widget.attrs |= _typeahead("web:unit_options", "units-found")
        show_as_typed(self)

    def clean_who(self) -> Who | None:
        said = self.cleaned_data["who"]
        return _checked(lambda: who_meant(self.reach, said)) if said else None

    def clean_unit(self) -> int | None:
        said = self.cleaned_data["unit"]
        return _checked(lambda: _unit(said)) if said else None

    def clean_verb(self) -> tuple[str, ...]:
        said = self.cleaned_data["verb"]
        return _checked(lambda: verbs_meant(said)) if said else ()

    def clean_about(self) -> tuple[int, ...]:
        said = self.cleaned_data["about"]
        return _checked(lambda: records_meant(self.reach, said)) if said else ()

    def clean_before(self) -> int | None:
        return position_typed(self.cleaned_data["before"])

    def clean(self) -> dict[str, Any]:
        check_order(self)
        return self.cleaned_data

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            verbs=said["verb"],
            who=said["who"],
            unit=said["unit"],
            since=said["since"],
            until=said["until"],
            by=said["by"] or "recorded",
            records=said["about"],
            exercise={"yes": True, "no": False}.get(said["exercise"]),
        )

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Names and values of what was typed, to be sent along with an export."""
        return [(name, self.data[name]) for name in self.fields if name != "before" and self.data.get(name)]


def _unit(said: str) -> int:
    """By code, also of a unit that has ended: its acts remain; else by the only name that fits. Raises: Invalid."""
    said = said.strip()
    if key := Unit.objects.filter(code=said).values_list("pk", flat=True).first():
        return key
    found = find_units(said, 5)
    fitting = [one for one in found if one.name == said] or found
    if len(fitting) == 1:
        return fitting[0].record_id
    names = listed(f"{one.name}({one.code})" for one in found)
    message = _("Several units fit: %(names)s") % {"names": names} if found else _("No unit is called so.")
    raise Invalid(Fault("unit", message, said))


def _checked[T](read: Callable[[], T]) -> T:
    try:
        return read()
    except Invalid as refused:
        fault = refused.faults[0]
        said = {"given": fault.given, "message": fault.message}
        shown = str(fault.message) if str(fault.given) in str(fault.message) else _("“%(given)s”: %(message)s") % said
        raise forms.ValidationError(shown) from refused


def _verb_choices() -> list[Any]:
    return [
        ("", _("All")),
        *(
            (group.word, [(group.name, _("all of: %(group)s") % {"group": group.word}), *group.verbs])
            for group in groups()
        ),
    ]


def _typeahead(url: str, target: str) -> dict[str, Any]:
    return {
        "list": target,
        "autocomplete": "off",
        "hx-get": reverse_lazy(url),
        "hx-trigger": "input changed delay:200ms",
        "hx-target": f"#{target}",
        "hx-swap": "innerHTML",
    }
