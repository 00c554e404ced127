"""What decides whether a unit must have a plan and is known nowhere else: how large it is, and what is dangerous."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    """统计上大中小微型企业划分办法(2017)."""

    UNKNOWN = "", _("not known")
    MICRO = "micro", _("micro")
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium-sized")
    LARGE = "large", _("large")


class UnitProfile(models.Model):
    """Of an enterprise. `above_scale` (规模以上): None when nobody has said."""

    unit = models.OneToOneField("access.Unit", models.PROTECT, primary_key=True, related_name="plan_profile")
    size = models.CharField(_("size"), max_length=8, choices=Size, blank=True, default="")
    above_scale = models.BooleanField(_("above the statistical scale"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.unit_id)


class UnitDanger(models.Model):
    """A trade of D708 art. 7 in which a unit works: a word of standards.plan_duties.DANGERS."""

    profile = models.ForeignKey(UnitProfile, models.CASCADE, related_name="danger_rows")
    danger = models.CharField(_("danger"), max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "danger"], name="unit_danger_once")]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.danger}"
