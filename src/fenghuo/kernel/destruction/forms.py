from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.words import english
from fenghuo.standards.retention import bases
from fenghuo.standards.sources import citation


def _choices() -> list[tuple[str, str]]:
    place = int(english())
    return [("", "—")] + [
        (
            one.id,
            _("%(basis)s: %(why)s") % {"basis": citation(one.source, one.article), "why": one.said[place]}
            if one.source
            else one.said[place],
        )
        for one in bases().values()
    ]


class DraftForm(forms.Form):
    records = forms.CharField(
        label=_("Numbers of the records"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
        help_text=_(
            "One after the other: reports, incidents, unreadable messages, unusable replies. What belongs to "
            "an incident (reports, orders, messages, files, notes, casualties) goes with it."
        ),
    )
    basis = forms.ChoiceField(label=_("Legal basis"), choices=_choices, required=False)
    basis_text = forms.CharField(
        label=_("Which other basis"), max_length=300, required=False, help_text=_("only for another basis")
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("The order is kept for good: write no names, telephones or identity numbers here."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
