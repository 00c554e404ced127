"""A plan (预案): the paper by which a unit acts when something happens, one edition after the other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class PlanState(models.TextChoices):
    """Where one edition stands. Whether its filing is under way is not kept here: its papers say that."""

    DRAFTED = "drafted", _("drafted")
    FILED = "filed", _("filed")
    DUE = "due", _("due for review")
    REPLACED = "replaced", _("replaced")


class Plan(models.Model):
    """One edition of a plan. Its name is its record's title, its owner its record's unit.

    `kind`: a slug of standards/plan_kinds.csv. `edition`: 1 for the first. `next_due`: the day by which it has to be
    looked at again; None for one that is made for one occasion. `filed_on`: the day on which the last receiver took
    it. `replaces`: the edition that this one takes the place of as soon as it is filed.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_plan")
    kind = models.CharField(_("kind of plan"), max_length=16)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(_("state"), max_length=16, choices=PlanState, default=PlanState.DRAFTED)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    next_due = models.DateField(_("next review by"), null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    note = models.TextField(_("note"), blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(edition__gte=1), name="plan_edition_counts_from_one"),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "due"]) | Q(filed_on__isnull=False), name="plan_filed_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("record")), name="plan_replaces_another"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state"], name="plan_kind_state"),
            models.Index(fields=["next_due"], condition=Q(state="filed"), name="plan_falls_due"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.record.title


class PlanCovers(models.Model):
    """A kind of incident that a plan is for: a slug of standards/kinds.csv."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="covers_rows")
    slug = models.CharField(_("kind of incident"), max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="plan_covers_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.slug}"


class PlanPaper(models.Model):
    """Which item of the checklist a file of a plan stands for: an id of standards/submission_papers.csv."""

    attachment = models.OneToOneField("documents.Attachment", models.CASCADE, primary_key=True, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="paper_rows")
    item = models.CharField(_("item of the checklist"), max_length=48)

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.item}"
