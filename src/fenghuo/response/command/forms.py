from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.assignments.services.issuing import MOST_TEXT
from fenghuo.kernel.web.forms import Moment


class OrderForm(forms.Form):
    """Several orders in one go: `to` are the keys that were ticked, `unit` one more by its code."""

    text = forms.CharField(
        label=_("What is to be done"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.CharField(label=_("Also to this unit"), max_length=64, required=False)
    due_at = Moment(label=_("To be done by"), required=False)
    silent = forms.BooleanField(label=_("for information only, no answer needed"), required=False)
    happened_at = Moment(label=_("Given at (empty: now)"), required=False)


class VideoForm(forms.Form):
    name = forms.CharField(label=_("Name of the camera or meeting"), max_length=60)
    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
