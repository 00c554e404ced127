"""A closed road (道路封闭): where nobody drives, why, from when until when, and when it was lifted."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class Standing(models.TextChoices):
    """What a closure is at a moment."""

    COMING = "coming", _("not yet in force")
    CLOSED = "closed", _("closed to traffic")
    OVER = "over", _("run out")
    LIFTED = "lifted", _("lifted")


class Closure(models.Model):
    """Its record's title says where, its record's unit who drew it.

    `geometry`: GeoJSON Point, LineString, Polygon or MultiPolygon, WGS 84; whatever road it meets is closed.
    `until_at`: None until somebody lifts it. `lifted_by`: unit and post, never a person's name.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_closure")
    geometry = models.JSONField(_("where"))
    marks = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=models.F("from_at")), name="closure_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["from_at"], name="closure_standing", condition=Q(lifted_at__isnull=True))]

    def __str__(self) -> str:
        return str(self.record)

    def standing_at(self, now: datetime) -> Standing:
        if self.lifted_at is not None:
            return Standing.LIFTED
        if self.until_at is not None and self.until_at <= now:
            return Standing.OVER
        return Standing.CLOSED if self.from_at <= now else Standing.COMING
