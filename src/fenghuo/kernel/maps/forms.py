"""The form of a closed road. Its drawing is made on the map beside it, or pasted as GeoJSON."""

import json
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.web.forms import Moment, show_faults

from .models import DEEPEST_CM, SLOWEST, Closure, Effect


class EffectForm(forms.Form):
    """What is done to the road: closed, slowed or flooded, with the measure that belongs to it."""

    effect = forms.ChoiceField(
        label=_("What holds there"), choices=Effect.choices, initial=Effect.CLOSED, required=False
    )
    factor = forms.DecimalField(
        label=_("Slow: how many times longer"),
        required=False,
        min_value=Decimal("1.1"),
        max_value=SLOWEST,
        decimal_places=1,
        help_text=_("for example 3 on ice, 2 beside road works"),
    )
    depth_cm = forms.IntegerField(
        label=_("Under water: depth in cm"),
        required=False,
        min_value=1,
        max_value=DEEPEST_CM,
        help_text=_("at the deepest place; a fire engine wades deeper than a car (thresholds set by this county)"),
    )

    def measures(self) -> dict[str, Any]:
        """The effect and its own measure; one that belongs to another is not meant. Empty if no effect is said."""
        values = self.cleaned_data
        effect = values["effect"]
        if not effect:
            return {}
        return {
            "effect": effect,
            "factor": values["factor"] if effect == Effect.SLOWED else None,
            "depth_cm": values["depth_cm"] if effect == Effect.FLOODED else None,
        }


class ClosureForm(EffectForm):
    field_order = ("where", "effect", "factor", "depth_cm", "reason", "from_at", "until_at")
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
    exercise = forms.BooleanField(
        label=_("This is an exercise"),
        required=False,
        help_text=_("real ways and times go on as if it were not there"),
    )

    @classmethod
    def of(cls, closure: Closure) -> Self:
        local = timezone.localtime
        return cls(
            initial={
                "where": closure.record.title,
                "reason": closure.reason,
                "effect": closure.effect,
                "factor": closure.factor,
                "depth_cm": closure.depth_cm,
                "from_at": local(closure.from_at).replace(microsecond=0),
                "until_at": local(closure.until_at) if closure.until_at else None,
                "geometry": closure.geometry,
                "version": closure.record.version,
            }
        )

    def said(self, closure: Closure | None = None) -> dict[str, Any]:
        """The values for the services. A beginning that was not touched is left as it stands, to the microsecond."""
        measures = ("effect", "factor", "depth_cm")
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", *measures)}
        values |= self.measures()
        if closure:
            del values["exercise"]
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
