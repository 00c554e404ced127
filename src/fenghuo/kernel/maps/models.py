"""A closed, slowed or flooded road (道路管制): where, why, from when until when, and when it was lifted."""

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class Standing(models.TextChoices):
    """What a closure is at a moment."""

    COMING = "coming", _("not yet in force")
    CLOSED = "closed", _("in force")
    OVER = "over", _("run out")
    LIFTED = "lifted", _("lifted")


class Effect(models.TextChoices):
    """What it does to those who drive there."""

    CLOSED = "closed", _("closed to all traffic")
    SLOWED = "slowed", _("slow traffic")
    FLOODED = "flooded", _("under water")


SLOWEST, DEEPEST_CM = Decimal(20), 500


class Closure(models.Model):
    """Its record's title says where, its record's unit who drew it.

    `geometry`: GeoJSON Point, LineString, Polygon or MultiPolygon, WGS 84; it holds for whatever road it meets.
    `factor`: how many times longer a slowed road takes. `depth_cm`: of the water on a flooded one; who gets through
    it is said by standards.wading. Each is None for what is not so.
    `until_at`: None until somebody lifts it. `lifted_by`: unit and post, never a person's name.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_closure")
    geometry = models.JSONField(_("where"))
    marks = models.JSONField(default=list, blank=True)
    effect = models.CharField(_("effect"), max_length=8, choices=Effect.choices, default=Effect.CLOSED)
    factor = models.DecimalField(_("times longer"), max_digits=3, decimal_places=1, null=True, blank=True)
    depth_cm = models.PositiveSmallIntegerField(_("depth of water in cm"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effect=Effect.CLOSED, factor__isnull=True, depth_cm__isnull=True)
                | Q(
                    effect=Effect.SLOWED, factor__isnull=False, factor__gt=1, factor__lte=SLOWEST, depth_cm__isnull=True
                )
                | Q(
                    effect=Effect.FLOODED, factor__isnull=True, depth_cm__isnull=False, depth_cm__range=(1, DEEPEST_CM)
                ),
                name="closure_effect_measured",
            ),
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
