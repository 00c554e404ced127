from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.forms import Moment

AREA = forms.Textarea(attrs={"rows": 2})


def _when() -> Moment:
    return Moment(label=_("At (empty: now)"), required=False)


class AcknowledgeForm(forms.Form):
    eta_minutes = forms.IntegerField(label=_("There in so many minutes"), required=False, min_value=0, max_value=1440)
    later = forms.BooleanField(label=_("comes later than wanted"), required=False)
    name = forms.CharField(label=_("Who said so"), max_length=100, required=False)
    happened_at = _when()


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Why they cannot come"), max_length=2000, widget=AREA)
    name = forms.CharField(label=_("Who said so"), max_length=100, required=False)
    happened_at = _when()


class ProgressForm(forms.Form):
    text = forms.CharField(label=_("How it goes"), max_length=2000, required=False, widget=AREA)
    arrived = forms.BooleanField(label=_("They have arrived"), required=False)
    happened_at = _when()


class FinishForm(forms.Form):
    result = forms.CharField(label=_("What came of it"), max_length=2000, widget=AREA)
    happened_at = _when()


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=2000, widget=AREA)


class LinkForm(forms.Form):
    """What a tap on the page behind a link says. `at`: when it was tapped, if it could not be sent then."""

    answer = forms.CharField(max_length=20)
    key = forms.CharField(max_length=40)
    eta_minutes = forms.IntegerField(required=False, min_value=0, max_value=int(timedelta(days=1).total_seconds() / 60))
    text = forms.CharField(max_length=2000, required=False)
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
