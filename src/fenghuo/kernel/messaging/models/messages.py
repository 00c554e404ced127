"""The outbox: one row for each receiver and channel, one for each attempt. What went out is frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ChannelName(models.TextChoices):
    IN_APP = "in_app", _("in this system")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("by e-mail")
    CALL = "call", _("by telephone, noted by hand")
    NONE = "none", _("no way to reach them")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    HELD = "held", _("held")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("did not arrive")
    UNREACHABLE = "unreachable", _("cannot be reached")
    CANCELLED = "cancelled", _("cancelled")


NOT_LEFT = (MessageState.WAITING, MessageState.HELD, MessageState.UNREACHABLE)
# A reason: cancelled while an attempt was being made, or after the last one failed. There is no other attempt.
STOPPED = "stopped"
LEFT = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED)


class Message(models.Model):
    """What one receiver is told by one channel. Text and address never change once written.

    `reference` is our name for it at the gateway: a repeat bears the same one and can be recognised.
    `due_at`: when it is to be sent; while it is being sent, when the lease of its `claim` ends and it is due again.
    `doubtful`: an attempt began whose end nobody knows. `began_at`: the start of the time in which it is tried.
    `approved` and `restricted` are what the gate asks of the message; exercise and demo it asks of the record.
    """

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="messages_about")
    channel = models.CharField(_("channel"), max_length=8, choices=ChannelName)
    state = models.CharField(_("state"), max_length=12, choices=MessageState)
    why = models.CharField(max_length=32, blank=True, help_text="why it is held, waits or has failed; see words")
    name = models.CharField(_("receiver"), max_length=120)
    person = models.ForeignKey("access.Person", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("telephone or e-mail"), max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("text"))
    link = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=32, unique=True)
    sender = models.CharField(max_length=200, help_text="unit and post, never a name")
    approved = models.BooleanField(default=True)
    restricted = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True)
    tries = models.PositiveIntegerField(default=0)
    doubtful = models.BooleanField(default=False)
    gateway_id = models.CharField(max_length=128, blank=True, help_text="the gateway's name for it")
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True, help_text="by receipt; inside: when it was read")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it failed or was cancelled")
    journalled = models.BooleanField(default=False, help_text="its failure is in the journal")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="somebody has dealt with the failure")

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "due_at"], name="message_due", condition=Q(state__in=("waiting", "sending"))
            ),
            models.Index(fields=["claim"], name="message_claim", condition=Q(state="sending")),
            models.Index(fields=["record"], name="message_open", condition=~Q(state__in=("sent", "delivered"))),
            models.Index(fields=["id"], name="message_untold", condition=Q(state="failed", journalled=False)),
            models.Index(fields=["person"], name="message_unread", condition=Q(channel="in_app", state="sent")),
            models.Index(fields=["address", "-id"], name="message_address"),
            models.Index(fields=["gateway_id"], name="message_gateway", condition=~Q(gateway_id="")),
        ]

    def __str__(self) -> str:
        return self.reference


class Outcome(models.TextChoices):
    UNKNOWN = "unknown", _("outcome unknown")
    ACCEPTED = "accepted", _("accepted")
    AGAIN = "again", _("not accepted, to be tried again")
    REFUSED = "refused", _("refused")


class Attempt(models.Model):
    """One attempt. Committed as unknown before anything is sent, so that a kill leaves a trace."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.UNKNOWN)
    said = models.CharField(max_length=500, blank=True, help_text="what the other side or the error said")

    def __str__(self) -> str:
        return f"{self.message_id} {self.at:%Y-%m-%d %H:%M:%S}"
