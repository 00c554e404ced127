"""The history on a record's page: one component for all of them, and what somebody looks for in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.lines import Shown
from fenghuo.kernel.journal.naming import groups, verbs_meant
from fenghuo.kernel.journal.wanted import Wanted

from .moments import Bound, check_order, show_as_typed

_more: dict[str, tuple[str, str]] = {}


def tells_more(verb: str, relation: str, field: str) -> None:
    """Entries of this verb have a row in a room, one to one, whose field says more than the sentence (a note's text).

    It is asked for together with the entries, and shown on the page of the record itself only.
    """
    _more[verb] = (relation, field)


def relations() -> tuple[str, ...]:
    """What is joined to the entries of a history."""
    return tuple(relation for relation, _field in _more.values())


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what its room says beyond the sentence."""

    it: Shown
    more: str = ""

    def holds(self, words: str) -> bool:
        said = f"{self.it.line.text}\n{self.it.line.actor}\n{self.more}"
        return words.casefold() in said.casefold()


def told(shown: Iterable[Shown]) -> list[Told]:
    return [Told(one, _said_beyond(one)) for one in shown]


def _said_beyond(one: Shown) -> str:
    if one.line.verb not in _more:
        return ""
    relation, field = _more[one.line.verb]
    return str(getattr(getattr(one.line.entry, relation, None), field, ""))


class HistoryForm(forms.Form):
    """Filters of one record's history; they stand in the address."""

    kind = forms.CharField(label=gettext_lazy("Kind of act"), required=False, widget=forms.Select)
    unit = forms.CharField(label=gettext_lazy("Unit that acted"), required=False, widget=forms.Select)
    since = Bound(label=gettext_lazy("From"))
    until = Bound(label=gettext_lazy("To"), end=True)
    q = forms.CharField(label=gettext_lazy("Words in it"), required=False, max_length=100)
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("newest first")), ("oldest", gettext_lazy("oldest first"))],
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput, max_length=30)

    def __init__(self, data: Any = None, *, units: Sequence[Unit] = ()) -> None:
        super().__init__(data)
        self._units = {unit.code: unit for unit in units}
        self.fields["kind"].widget.choices = [("", _("All")), *((one.name, one.word) for one in groups())]
        self.fields["unit"].widget.choices = [("", _("All")), *((unit.code, unit.name) for unit in units)]
        show_as_typed(self)

    def clean_kind(self) -> tuple[str, ...]:
        said = self.cleaned_data["kind"]
        try:
            return verbs_meant(said) if said else ()
        except Invalid as unknown:
            given = {"given": said[:64], "message": unknown.faults[0].message}
            raise forms.ValidationError(_("“%(given)s”: %(message)s") % given) from unknown

    def clean_unit(self) -> int | None:
        said = self.cleaned_data["unit"].strip()
        if not said:
            return None
        if said not in self._units:
            raise forms.ValidationError(_("No unit with this code has done anything here: %(said)s") % {"said": said})
        return int(self._units[said].pk)

    def clean_after(self) -> int | None:
        return position_typed(str(self.cleaned_data["after"]))

    def clean(self) -> dict[str, Any]:
        check_order(self)
        return self.cleaned_data

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(verbs=said["kind"], unit=said["unit"], since=said["since"], until=said["until"], by="happened")


def position_typed(said: str) -> int | None:
    """A position in an address. Raises: ValidationError."""
    if not said:
        return None
    if not (said.isascii() and said.isdigit()):
        raise forms.ValidationError(_("This is no place in the journal: %(said)s") % {"said": said})
    return int(said)
