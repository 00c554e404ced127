"""What gateways send back: receipts, replies, and what could not be read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IncomingKind(models.TextChoices):
    RECEIPT = "receipt", _("receipt")
    REPLY = "reply", _("reply by SMS")
    UNREADABLE = "unreadable", _("unreadable")


class Incoming(models.Model):
    """One row however often it comes (`times`). `record` is there when nobody could use it: a person settles it.

    `key` is what makes it the same one: the gateway's own id, else what it says.
    """

    kind = models.CharField(max_length=12, choices=IncomingKind)
    key = models.CharField(max_length=64, unique=True, help_text="SHA-256")
    record = models.OneToOneField("access.Record", models.PROTECT, null=True, blank=True, related_name="as_incoming")
    message = models.ForeignKey("messaging.Message", models.PROTECT, null=True, blank=True, related_name="incoming")
    gateway_id = models.CharField(max_length=128, blank=True, help_text="the gateway's name for the message or reply")
    phone = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=64, blank=True)
    said_at = models.DateTimeField(null=True, blank=True, help_text="the gateway's own time")
    received_at = models.DateTimeField()
    body = models.TextField(help_text="as it came")
    times = models.PositiveIntegerField(default=1)
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("what was done"), max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-id"], name="incoming_open", condition=Q(record__isnull=False, settled_at__isnull=True)
            ),
            models.Index(
                fields=["gateway_id"], name="incoming_unmatched", condition=Q(kind="receipt", message__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
