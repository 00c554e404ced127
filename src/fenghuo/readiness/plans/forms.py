"""Forms of plans. What a service refuses stands beside the field it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.standards.plan_duties import DANGERS

from .models import Size
from .services.answering import MOST
from .words import DANGER_WORDS


def _question(label: Any, example: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=example, required=False, widget=forms.Textarea(attrs={"rows": rows, "maxlength": 500})
    )


class QuickForm(forms.Form):
    """Five short answers in plain words. All may be empty here: what is lacking is said when it is filed."""

    dangers = _question(
        _("1. What dangers are there?"),
        _("For example: the gully behind group 3 floods in heavy rain; old houses of group 5"),
    )
    responsible = forms.CharField(
        label=_("2. Who is responsible when something happens?"),
        required=False,
        max_length=MOST["responsible"],
        help_text=_("One name, for example the head of the village"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Their telephone, day and night"),
        required=False,
        max_length=MOST["phone"],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    warning = _question(
        _("3. How are people warned?"), _("For example: loudspeaker, gong, group leaders go from door to door")
    )
    shelter = _question(_("4. Where do people go?"), _("For example: the yard of the village school, by the east road"))
    people = _question(
        _("5. Who needs help to get there?"),
        _("For example: four old people living alone in group 2, called for by the doctor. If nobody: write “none”"),
    )


class ProfileForm(forms.Form):
    size = forms.ChoiceField(label=_("Size"), choices=Size.choices, required=False)
    above_scale = forms.ChoiceField(
        label=_("Above the statistical scale (规模以上)"),
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
        help_text=_("An industrial enterprise with a main revenue of 20 million yuan a year or more."),
    )
    dangers = forms.MultipleChoiceField(
        label=_("Works in"),
        choices=[(slug, DANGER_WORDS[slug]) for slug in DANGERS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000)
