"""Times that people type to bound a search: a day, a minute, a second; 24:00 is the end of its day."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext as _

from fenghuo.standards.extraction.writing import PLAIN

FIRST_YEAR, LAST_YEAR = 1900, 2200
WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")


class Bound(forms.Field):
    """The beginning of what was typed, or, with `end`, the moment after it: 08:00 takes in all of that minute.

    Whatever was typed stays in the field: the browser's own control would drop what it cannot show.
    """

    def __init__(self, *, end: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.end = end
        self.widget.input_type = "datetime-local"

    def to_python(self, value: Any) -> datetime | None:
        said = str(value or "").translate(PLAIN).strip()[:40]
        if not said:
            return None
        found = WRITTEN.fullmatch(said)
        if found is None:
            raise ValidationError(_("“%(said)s” cannot be read. Write it as 2026-05-12 08:00.") % {"said": said})
        year, month, day, hour, minute, second = found.groups()
        midnight = hour == "24" and int(minute) == int(second or 0) == 0
        written = f"{year}-{month}-{day} {'0' if midnight else hour or '0'}:{minute or '0'}:{second or '0'}"
        try:
            local = datetime.strptime(written, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - the county's own time, see below
        except ValueError:
            raise ValidationError(_("There is no such time: %(said)s.") % {"said": said}) from None
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise ValidationError(_("The year must lie between 1900 and 2200: %(said)s.") % {"said": said})
        if midnight:
            local += timedelta(days=1)
        elif self.end:
            local += timedelta(days=1) if hour is None else timedelta(seconds=60 if second is None else 1)
        try:
            return from_current_timezone(local)
        except ValidationError:  # skipped when the clocks were put forward (1986 to 1991)
            raise ValidationError(_("There is no such time: %(said)s.") % {"said": said}) from None


def check_order(form: forms.Form, since: str = "since", until: str = "until") -> None:
    """A span that ends before it begins is said at its end."""
    start, end = form.cleaned_data.get(since), form.cleaned_data.get(until)
    if start is not None and end is not None and end <= start:
        form.add_error(until, _("The end lies before the beginning: %(said)s.") % {"said": form.data.get(until, "")})


def show_as_typed(form: forms.Form) -> None:
    """Fields of times whose text the browser's control would swallow become plain ones."""
    for name, field in form.fields.items():
        if isinstance(field, Bound):
            typed = str(form.data.get(name, ""))
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d)?|", typed) or form.has_error(name):
                field.widget.input_type = "text"
                field.widget.attrs["placeholder"] = "2026-05-12 08:00"
