from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .plans import Clause


class Quota(models.TextChoices):
    NUMBER = "number", pgettext_lazy("quota", "a number")
    PERCENT = "percent", pgettext_lazy("quota", "a share in percent")


class Every(models.TextChoices):
    """In which spans of the year the quota has to be reached."""

    ONCE = "once", pgettext_lazy("quota", "once, by the due day")
    HALF = "half", pgettext_lazy("quota", "every half-year")
    QUARTER = "quarter", pgettext_lazy("quota", "every quarter")
    MONTH = "month", pgettext_lazy("quota", "every month")


class Part(models.TextChoices):
    LEAD = "lead", _("leads")
    SUPPORT = "support", _("supports")
    SCOPE = "scope", _("has to reach it")


class Target(models.Model):
    """What a clause asks, so that it can be counted. In force it is never changed: a change ends it and makes the next.

    `key`: stays the same through changes and years. `measure`: of kernel.measures; one that nobody registers is not
    measured yet. `options`: what it says to the measure. Who has to reach it: units of `kinds` (words with blanks) in
    `block`, of the `lines`, and those named (Part.SCOPE); with `together` the lead unit alone owes it, for all of them
    in sum. `words`: those of a pasted text that it came from; `open_points`: what was not sure in them (code, words),
    none any more once somebody has corrected it. `since`, `until`: when it was in force; `reason`: why it was changed
    or withdrawn in mid-year.
    """

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="targets")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(_("key"), max_length=48)
    title = models.CharField(_("target"), max_length=120)
    measure = models.CharField(_("measure"), max_length=64, blank=True)
    options = models.JSONField(default=dict, blank=True)
    kinds = models.CharField(_("kinds of unit"), max_length=200, blank=True)
    block = models.ForeignKey("access.Region", models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.CharField(_("lines"), max_length=300, blank=True)
    together = models.BooleanField(_("in sum, owed by the lead unit"), default=False)
    quota = models.PositiveIntegerField(_("quota"), default=1)
    quota_kind = models.CharField(_("counted as"), max_length=8, choices=Quota, default=Quota.NUMBER)
    every = models.CharField(_("when"), max_length=8, choices=Every, default=Every.ONCE)
    due = models.DateField(_("due"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    words = models.TextField(_("words of the plan"), blank=True)
    open_points = models.JSONField(default=list, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["clause__place", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quota__gte=1), name="target_asks_something"),
            models.CheckConstraint(condition=Q(quota_kind="number") | Q(quota__lte=100), name="target_share_fits"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="target_weighs_something"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__isnull=False, until__gte=F("since")), name="target_ends_after"
            ),
            models.UniqueConstraint(
                fields=["clause", "key"], condition=Q(until=None), name="target_key_once_in_a_clause"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetUnit(models.Model):
    """A unit named in a target: who leads it, who supports it, or who has to reach it."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="unit_rows")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "unit", "part"], name="target_unit_once")]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.unit_id} {self.part}"
