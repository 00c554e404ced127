"""How states and reasons of messages are said."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .gate import Why
from .models import STOPPED, MessageState

REASONS = {
    **dict(Why.choices),
    STOPPED: gettext_lazy("cancelled before it arrived"),
    "no_channel": gettext_lazy("neither mobile telephone nor e-mail is known: call them"),
    "not_set_up": gettext_lazy("this channel is not set up here: call them"),
    "misconfigured": gettext_lazy("the settings of this channel have a mistake: call them"),
    "again": gettext_lazy("not accepted so far, it is tried again"),
    "unknown": gettext_lazy("no answer so far, it is asked and tried again"),
    "refused": gettext_lazy("refused by the other side"),
    "given_up": gettext_lazy("not accepted for 24 hours"),
    "undelivered": gettext_lazy("accepted, but it did not reach the telephone"),
    "not_answered": gettext_lazy("not answered"),
}


def why_said(why: str) -> str:
    """The reason as a phrase; "" for none."""
    return str(REASONS.get(why, why)) if why else ""


def state_said(state: str, why: str) -> str:
    """State and reason in one phrase: held: not approved yet."""
    word = str(MessageState(state).label)
    return _("%(state)s: %(why)s") % {"state": word, "why": why_said(why)} if why else word
