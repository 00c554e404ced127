from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.kernel.access.scoped import ScopedQuerySet


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("work plan", "draft")
    IN_FORCE = "in_force", pgettext_lazy("work plan", "in force")
    REPLACED = "replaced", pgettext_lazy("work plan", "replaced")
    DROPPED = "dropped", pgettext_lazy("work plan", "dropped")


class WorkPlan(models.Model):
    """One version of a year's plan. Its title is its record's, who keeps it is its record's unit, for that block.

    `since`, `until`: from when to when it was in force. `preamble`: what stands before the first clause. `doubts`: of a
    pasted text, what the reading of it as a whole was not sure of (code, number, words).
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_workplan")
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=16, choices=PlanState, default=PlanState.DRAFT)
    preamble = models.TextField(_("preamble"), blank=True)
    doubts = models.JSONField(default=list, blank=True)
    reminded_on = models.DateField(null=True, blank=True, help_text="the last day for which units were reminded")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    region = models.ForeignKey("access.Region", models.PROTECT, related_name="+", editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "version"], name="workplan_version_once"),
            models.UniqueConstraint(
                fields=["region", "year"], condition=Q(state="in_force"), name="workplan_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "dropped"), since=None, until=None)
                | Q(state="in_force", since__isnull=False, until=None)
                | Q(state="replaced", since__isnull=False, until__gte=F("since")),
                name="workplan_in_force_since",
            ),
        ]

    def __str__(self) -> str:
        return self.record.title


class Clause(models.Model):
    """`number`: 2.1. `chapter`: the heading it stands under. `withdrawn_at`: it asks nothing any more."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="clauses")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=16)
    chapter = models.CharField(_("chapter"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="clause_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
