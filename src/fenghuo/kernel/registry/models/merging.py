"""Two rows for one person or unit: which were merged, what was re-pointed by it, and which are not the same."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Merged(models.Model):
    """`gone` was merged into `kept`; the row is also the pointer that old links follow. `by`: unit and post.

    A merge that was separated again keeps its row, so that it can be read what happened.
    """

    kept = models.ForeignKey("access.Record", models.PROTECT, related_name="+", verbose_name=_("kept"))
    gone = models.ForeignKey("access.Record", models.PROTECT, related_name="+", verbose_name=_("merged into it"))
    kind = models.CharField(max_length=32)
    by = models.CharField(max_length=200)
    merged_at = models.DateTimeField()
    separated_at = models.DateTimeField(null=True, blank=True)
    separated_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(separated_at=None), name="merged_gone_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merged_two"),
        ]
        indexes = [models.Index(fields=["kind", "merged_at"], name="merged_kind_at")]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class Moved(models.Model):
    """One field of one row that a merge set: what it was, what it became. `stayed`: a separation left it so."""

    merge = models.ForeignKey(Merged, models.CASCADE, related_name="moved_rows")
    model = models.CharField(max_length=80)
    row = models.BigIntegerField()
    field = models.CharField(max_length=40)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    stayed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "model", "row", "field"], name="moved_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}.{self.field}"


class NotSame(models.Model):
    """Somebody looked: these two are not the same, and are not shown as a likely pair again. `one` < `other`."""

    one = models.ForeignKey("access.Record", models.CASCADE, related_name="+")
    other = models.ForeignKey("access.Record", models.CASCADE, related_name="+")
    by = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_same_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_same_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
