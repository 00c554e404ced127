"""The form of a closed road. Its drawing is made on the map beside it, or pasted as GeoJSON."""

import json
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.web.forms import Moment, show_faults

from .models import Closure


class ClosureForm(forms.Form):
    where = forms.CharField(
        label=_("Which road or bridge"), max_length=200, help_text=_("as people call it; no names of people")
    )
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("no names of people"))
    from_at = Moment(label=_("From (empty: now)"), required=False)
    until_at = Moment(label=_("Until (empty: until it is lifted)"), required=False)
    geometry = forms.JSONField(
        label=_("Drawing"),
        widget=forms.HiddenInput,
        error_messages={"required": _("Draw on the map where the road is closed.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, closure: Closure) -> Self:
        local = timezone.localtime
        return cls(
            initial={
                "where": closure.record.title,
                "reason": closure.reason,
                "from_at": local(closure.from_at).replace(microsecond=0),
                "until_at": local(closure.until_at) if closure.until_at else None,
                "geometry": closure.geometry,
                "version": closure.record.version,
            }
        )

    def said(self, closure: Closure | None = None) -> dict[str, Any]:
        """The values for the services. A beginning that was not touched is left as it stands, to the microsecond."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        begins = values["from_at"]
        if not begins or (closure and begins == closure.from_at.replace(microsecond=0)):
            del values["from_at"]
        return values

    def show(self, refused: Refused) -> None:
        if isinstance(refused, Invalid):
            show_faults(self, refused)
        else:
            self.add_error(None, str(refused.message))


def drawing_in(text: str) -> Any:
    """A geometry handed over in the address, or None."""
    try:
        return json.loads(text) if text and len(text) < 20_000 else None
    except ValueError:
        return None
