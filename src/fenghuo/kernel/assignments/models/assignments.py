"""An assignment (任务、指令): what one receiver is to do about one record, and how far it has got."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class State(models.TextChoices):
    SENT = "sent", _("not answered")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    DECLINED = "declined", _("declined")
    UNDER_WAY = "under_way", _("being carried out")
    FINISHED = "finished", _("finished")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Assignment(models.Model):
    """`to` is the Record of a unit, a team or a person; `to_name` is how it was called when the order was given.

    The place is where the receiver is to go (WGS 84), frozen with the order, as far as it was known.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_assignment")
    about = models.ForeignKey("access.Record", models.PROTECT, related_name="assignments")
    to = models.ForeignKey("access.Record", models.PROTECT, related_name="+")
    to_name = models.CharField(_("receiver"), max_length=200)
    issued_by = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    issuer = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("order"))
    place = models.CharField(_("place"), max_length=500, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    travel_minutes = models.PositiveIntegerField(null=True, blank=True, help_text="reckoned when it was issued")
    travel_estimate = models.BooleanField(default=True, help_text="along a straight line, not along roads")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    needs_ack = models.BooleanField(_("to be acknowledged"), default=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.SENT)
    issued_at = models.DateTimeField(_("issued at"))
    answered_at = models.DateTimeField(null=True, blank=True, help_text="the first answer of any kind")
    expected_at = models.DateTimeField(_("expected at"), null=True, blank=True)
    later = models.BooleanField(default=False, help_text="the receiver comes, but later than wanted")
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True, help_text="nobody in the chain answered")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "state"], name="assignment_about_state"),
            models.Index(fields=["to", "state"], name="assignment_to_state"),
            models.Index(fields=["issuer"], name="assignment_open", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.record.number
