"""A report (接报): one message that something happened. Several may belong to one incident."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet
from fenghuo.standards.measures import PEOPLE

# People, each null (unknown) or a count; 0 is "known to be none".
FIGURES = PEOPLE


class Source(models.TextChoices):
    POLICE = "110", _("110 police")
    FIRE = "119", _("119 fire")
    AMBULANCE = "120", _("120 ambulance")
    TRAFFIC = "122", _("122 traffic police")
    HOTLINE = "12345", _("12345 government hotline")
    UNIT = "unit", _("unit")
    PERSON = "person", _("person")
    SENSOR = "sensor", _("sensor")
    SYSTEM = "system", _("other system")
    OTHER = "other", _("other source")


class ReportState(models.TextChoices):
    NEW = "new", _("new")
    JOINED = "joined", _("joined to an incident")
    DISMISSED = "dismissed", _("dismissed")
    HANDED_OVER = "handed_over", _("handed over")


class DismissReason(models.TextChoices):
    PRANK = "prank", _("prank call")
    ADVICE = "advice", _("asks for advice")
    NOT_OURS = "not_ours", _("not a matter for emergency management")
    DUPLICATE_CALL = "duplicate_call", _("the same call again")
    OTHER = "other", _("other reason")


class Facts(models.Model):
    """What a message may say about place and people. Positions are WGS 84 degrees, as given or converted."""

    text = models.TextField(_("what is said"))
    happened_at = models.DateTimeField(_("happened at"), null=True, blank=True)
    address = models.CharField(_("place"), max_length=500, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    marks = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True, help_text="what the sender said beyond the agreed fields")
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        abstract = True


class Report(Facts):
    """One call or message, as it came. The sender's own number is unique within the sending unit."""

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_report")
    sender = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    source_id = models.CharField(_("sender's number"), max_length=128)
    received_at = models.DateTimeField(_("received at"))
    caller_name = models.CharField(_("caller"), max_length=100, blank=True)
    caller_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    kind = models.CharField(_("kind of incident"), max_length=32, blank=True)
    cell = models.BigIntegerField(null=True, blank=True, help_text="H3 cell of the position, or of the place named")
    town = models.CharField(max_length=16, blank=True, help_text="path of the town that the address names")
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the message's content")
    state = models.CharField(_("state"), max_length=16, choices=ReportState, default=ReportState.NEW)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "source", "source_id"], name="report_once_per_source"),
        ]
        indexes = [
            models.Index(fields=["state", "-received_at"], name="report_state_received"),
            models.Index(fields=["cell", "received_at"], name="report_cell_received"),
            models.Index(fields=["town", "received_at"], name="report_town_received", condition=Q(town__gt="")),
            models.Index(
                fields=["caller_phone", "received_at"], name="report_caller", condition=Q(caller_phone__gt="")
            ),
        ]

    def __str__(self) -> str:
        return self.record.number


class Supplement(Facts):
    """Later facts of the same call. What was said first stays as it was said."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="supplements")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} +"
