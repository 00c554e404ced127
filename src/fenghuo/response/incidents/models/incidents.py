"""An incident (事件): what really happened, told by one report or several."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet

from .reports import Report


class IncidentState(models.TextChoices):
    OPEN = "open", _("under way")
    CONTROLLED = "controlled", _("under control")
    CLOSED = "closed", _("closed")


class Level(models.IntegerChoices):
    """Levels of incidents (ERL24 art. 3). Response levels are another thing and have their own words."""

    I = 1, _("exceptionally serious")  # noqa: E741 - the numeral everybody uses
    II = 2, _("serious")
    III = 3, _("rather serious")
    IV = 4, _("ordinary")


class ResponseLevel(models.IntegerChoices):
    """Levels of response (ERL24 art. 71)."""

    I = 1, _("level I response")  # noqa: E741
    II = 2, _("level II response")
    III = 3, _("level III response")
    IV = 4, _("level IV response")


class Incident(models.Model):
    """One incident. Two times are its anchors: when it happened, and when this house first learned of it."""

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_incident")
    state = models.CharField(_("state"), max_length=16, choices=IncidentState, default=IncidentState.OPEN)
    kind = models.CharField(_("kind of incident"), max_length=32, blank=True)
    occurred_at = models.DateTimeField(_("happened at"))
    learned_at = models.DateTimeField(_("learned at"))
    times_corrected = models.BooleanField(default=False, help_text="by hand: reports no longer move them")
    address = models.CharField(_("place"), max_length=500, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    approximate = models.BooleanField(_("position is that of the place, not of the event"), default=False)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True, choices=Level)
    level_basis = models.CharField(_("basis of the level"), max_length=500, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    proposed_level = models.PositiveSmallIntegerField(null=True, blank=True, choices=Level)
    proposed_rule = models.CharField(max_length=64, blank=True)
    sensitive = models.JSONField(
        default=list, blank=True, help_text="signs that it is to be reported without regard to its level"
    )
    sensitive_confirmed = models.BooleanField(null=True, blank=True)
    figures_source = models.CharField(_("figures chosen"), max_length=40, blank=True)
    response_level = models.PositiveSmallIntegerField(_("response level"), null=True, blank=True, choices=ResponseLevel)
    response_matters = models.TextField(_("matters of the response"), blank=True)
    response_measures = models.TextField(_("measures"), blank=True)
    response_until = models.DateTimeField(_("expected until"), null=True, blank=True)
    response_since = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    controlled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-occurred_at"], name="incident_state_occurred")]

    def __str__(self) -> str:
        return self.record.number


class Membership(models.Model):
    """A report belongs to an incident, until it is separated."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="memberships")
    report = models.ForeignKey(Report, models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()
    separated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(separated_at__isnull=True), name="report_in_one_incident"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} ∈ {self.incident_id}"


class Said(models.Model):
    """What one source said of the figures at one time. Newer ones of the same source replace it field by field."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="said")
    source = models.CharField(_("source"), max_length=40)
    as_of = models.DateTimeField(_("as of"))
    figures = models.JSONField(_("figures"))
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="when its report was separated again")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["as_of", "pk"]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.source} {self.as_of}"


class Area(models.Model):
    """A named area of an incident, WGS 84 GeoJSON. Drawn again under the same name, the older one is kept as past."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="areas")
    name = models.CharField(_("name"), max_length=60)
    geometry = models.JSONField()
    marks = models.JSONField(default=list, blank=True)
    drawn_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "name"], condition=Q(replaced_at__isnull=True), name="area_name_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.name}"


class Note(models.Model):
    """A line written by hand. The journal holds only a commitment to its words, which may be personal."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notes")
    entry = models.OneToOneField("journal.Entry", models.PROTECT, related_name="incident_note")
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.entry_id}"
