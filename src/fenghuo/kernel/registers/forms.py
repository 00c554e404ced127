"""A form made from the columns: what was typed stays, what is refused stands beside its field."""

from collections.abc import Mapping
from typing import Any

from django import forms

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.web.forms import show_faults

from .declaring import Column, Register, Row
from .writing import asked_of


class RowForm(forms.Form):
    """Fields only carry text; the columns read it (writing.Reading), so that all ways in refuse alike."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        register: Register,
        actor: Actor,
        said: Mapping[str, Any] | None = None,
        *,
        row: Row | None = None,
        only: str = "",
    ) -> None:
        columns = [column for column in asked_of(register, actor, new=row is None) if not only or column.name == only]
        first: dict[str, Any] = dict(register.first(actor)) if row is None else {}
        if row is not None:
            first = {column.name: column.kind.typed(column.value(row)) for column in columns}
            first["version"] = register.record(row).version
        super().__init__(said, initial=first)
        for column in columns:
            self.fields[column.name] = _field(column)

    def given(self) -> dict[str, str]:
        return {name: said or "" for name, said in self.cleaned_data.items() if name != "version"}

    def show(self, refused: Refused) -> None:
        if isinstance(refused, Invalid):
            show_faults(self, refused)
        else:
            self.add_error(None, str(refused.message))


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _field(column: Column) -> forms.Field:
    made = column.kind.field(label=column.label, help_text=column.help, required=False)
    made.required = column.needed
    return made
