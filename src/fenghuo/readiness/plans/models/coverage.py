"""Who must have a plan (四进) and how that stands, kept with every change so that counting it is one query."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyState(models.TextChoices):
    """The best that a unit has of the kind it must have; of several plans the first of these counts."""

    FILED = "filed", _("valid and filed")
    DUE = "due", _("due for review")
    DRAFTED = "drafted", _("being drafted")
    NONE = "none", _("no plan")


class Duty(models.Model):
    """A unit must have a plan of this kind. Kept, never typed: `refresh_duties` makes it of the rules and the plans.

    `who`: a word of standards.plan_duties.WHO. `rules`: ids of the rows that ask for it. `plan`: the one that counts.
    `since`: when the state became what it is. `reminded_at`: when its holders were last reminded.
    """

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="plan_duties")
    plan_kind = models.CharField(max_length=16)
    who = models.CharField(max_length=16)
    rules = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=DutyState, default=DutyState.NONE)
    plan = models.ForeignKey("plans.Plan", models.SET_NULL, null=True, blank=True, related_name="fulfils")
    since = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "plan_kind"], name="plan_duty_once"),
            models.CheckConstraint(
                condition=models.Q(state="none", plan__isnull=True) | ~models.Q(state="none"),
                name="plan_duty_none_has_none",
            ),
        ]
        # Everything that the matrix asks of a row, so that it is read from the index alone.
        indexes = [models.Index(fields=["unit", "who", "state"], name="plan_duty_counted")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.plan_kind} {self.state}"


class CoverageDay(models.Model):
    """How it stood at the end of a day, by place and line, for the course over time; of today it is counted anew.

    `region`: a town, or the county for what belongs to none. `subject`: "" for all, else those supervised in this line.
    """

    day = models.DateField()
    region = models.ForeignKey("access.Region", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=32, blank=True)
    who = models.CharField(max_length=16)
    asked = models.PositiveIntegerField()
    filed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "subject", "region", "who"], name="plan_coverage_day_once"),
            models.CheckConstraint(condition=models.Q(filed__lte=models.F("asked")), name="plan_coverage_day_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.region_id} {self.who}"


class CoverageRules(models.Model):
    """The digest of the rules that the duties were last made of: other rules, or another day's, make them anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(_("digest"), max_length=64)
    up_to = models.BigIntegerField(null=True, blank=True, help_text="unit up to which they are made anew; null: all")
    counted_on = models.DateField(null=True, blank=True, help_text="the last day that CoverageDay holds")

    def __str__(self) -> str:
        return self.digest
