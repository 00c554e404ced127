"""Record: the one address of a thing, and what sight is computed from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..scoped import ScopedQuerySet


class Record(models.Model):
    """One row for everything that has a life of its own; its subject table shares the primary key.

    `block` is the path of the region (see Region.path), copied so that sight is one range on one
    indexed column. Moving a region rewrites it here and nowhere else.
    For what stands in registers: `version` counts changes, for If-Match; `checked_at` and `checked_by` (unit and
    post, never a person's name) say when and by whom it was last changed or confirmed.
    """

    kind = models.CharField(_("kind"), max_length=32)
    number = models.CharField(_("number"), max_length=64, blank=True)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(
        "access.Unit", models.PROTECT, null=True, blank=True, related_name="owned_records", verbose_name=_("unit")
    )
    region = models.ForeignKey(
        "access.Region", models.PROTECT, null=True, blank=True, related_name="located_records", verbose_name=_("region")
    )
    block = models.CharField(max_length=64, blank=True, editable=False)
    exercise = models.BooleanField(_("exercise"), default=False)
    demo = models.BooleanField(_("demonstration data"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    checked_at = models.DateTimeField(_("last changed or confirmed"), null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], condition=~Q(number=""), name="record_number_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "block"], name="record_kind_block"),
            models.Index(fields=["kind", "unit"], name="record_kind_unit"),
            models.Index(fields=["id"], name="record_exercise", condition=Q(exercise=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class RecordSubject(models.Model):
    """A line (条) that a record concerns, so that a department of that line sees it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="subject_rows")
    subject = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "record"], name="record_subject_once")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.subject}"


class Share(models.Model):
    """Sight of one record, and no more, for one unit or one person (assigned, joined, asked)."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="shares")
    unit = models.ForeignKey("access.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey("access.Person", models.CASCADE, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True) | Q(unit__isnull=True, person__isnull=False),
                name="share_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["unit", "record"], condition=Q(unit__isnull=False), name="share_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["person", "record"], condition=Q(person__isnull=False), name="share_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.unit_id or self.person_id} ({self.why})"
