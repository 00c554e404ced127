"""What the timeline says of messages. Who was meant stands in the private part."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .models import ChannelName


def _channel(told: Told) -> str:
    name = told.said("channel")
    return str(ChannelName(name).label) if name in ChannelName.values else name


@sentence("message.failed", sample={"count": 3, "channels": ["sms"]})
def failed(told: Told) -> str:
    count = told.public["count"]
    names = [str(ChannelName(name).label) for name in told.public["channels"] if name in ChannelName.values]
    return ngettext(
        "%(count)s message did not arrive (%(channels)s)", "%(count)s messages did not arrive (%(channels)s)", count
    ) % {"count": count, "channels": "、".join(names)}


@sentence("message.approved", sample={"count": 3})
def approved(told: Told) -> str:
    count = told.public["count"]
    return ngettext("%(count)s message was approved", "%(count)s messages were approved", count) % {"count": count}


@sentence("message.sent_again", sample={"channel": "sms"})
def sent_again(told: Told) -> str:
    return _("A message that had failed was sent again (%(channel)s)") % {"channel": _channel(told)}


@sentence("message.settled", sample={"channel": "sms"})
def settled(told: Told) -> str:
    return _("A message that did not arrive was dealt with in another way (%(channel)s)") % {"channel": _channel(told)}


@sentence("message.call_noted", sample={"reached": True})
def call_noted(told: Told) -> str:
    return _("Called by telephone and reached") if told.public["reached"] else _("Called by telephone, no answer")


@sentence("incoming.kept", sample={"kind": "reply"})
def incoming_kept(told: Told) -> str:
    if told.said("kind") == "reply":
        return _("A reply by SMS came in that nobody could use")
    return _("The SMS gateway sent something that could not be used")


@sentence("incoming.settled", sample={"kind": "reply"})
def incoming_settled(told: Told) -> str:
    if told.said("kind") == "reply":
        return _("The reply by SMS was dealt with")
    return _("What the SMS gateway had sent was dealt with")


name_verbs(
    "message",
    gettext_lazy("Messages"),
    {
        "failed": gettext_lazy("message did not arrive"),
        "approved": gettext_lazy("approval for sending"),
        "sent_again": gettext_lazy("sending again"),
        "settled": gettext_lazy("dealing with a failed message"),
        "call_noted": gettext_lazy("note of a call"),
    },
)
name_verbs(
    "incoming",
    gettext_lazy("Unusable replies and receipts"),
    {
        "kept": gettext_lazy("keeping what nobody could use"),
        "settled": gettext_lazy("dealing with what was kept"),
    },
)
