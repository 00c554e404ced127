"""Forms of checks. What a service refuses stands beside the field it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.models import Unit
from fenghuo.standards.plan_duties import WHO

from ..words import WHO_WORDS
from .services.drawing import SEED_MOST, SOURCE_MOST
from .services.organising import MANY_MOST, TITLE_MOST, RoundValues


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RoundForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_MOST)
    from_day = _day(_("Visits from"))
    to_day = _day(_("Visits until"))
    correct_days = forms.IntegerField(
        label=_("Days for putting a finding right"),
        initial=30,
        help_text=_("Calendar days, set by this check; no law says how many."),
    )
    parts = forms.ModelMultipleChoiceField(
        label=_("Who takes part and visits"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody: the organiser visits all of them."),
    )

    def __init__(self, *args: Any, parts: Any, **kwargs: Any) -> None:
        """`parts`: units that may take part. A number for each kind of unit: how many are drawn in each town."""
        super().__init__(*args, **kwargs)
        field = self.fields["parts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = parts
        for who in WHO:
            self.fields[f"many_{who}"] = forms.IntegerField(
                label=str(WHO_WORDS[who]), required=False, min_value=0, max_value=MANY_MOST
            )
        self.order_fields(["title", "from_day", "to_day", *(f"many_{who}" for who in WHO), "correct_days", "parts"])

    def said(self) -> RoundValues:
        cleaned = self.cleaned_data
        shares = {who: cleaned[f"many_{who}"] or 0 for who in WHO if cleaned.get(f"many_{who}")}
        return RoundValues(
            title=cleaned["title"],
            from_day=cleaned["from_day"],
            to_day=cleaned["to_day"],
            correct_days=cleaned["correct_days"],
            shares=shares,
            parts=list(cleaned["parts"]),
        )


class DrawForm(forms.Form):
    seed = forms.CharField(
        label=_("Seed"),
        required=False,
        max_length=SEED_MOST,
        help_text=_(
            "A number that nobody here can choose, announced beforehand, for example of a public lottery of a named "
            "day. Empty: the server makes one at random."
        ),
    )
    seed_source = forms.CharField(label=_("Where it comes from"), required=False, max_length=SOURCE_MOST)


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why units were left unchecked"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
