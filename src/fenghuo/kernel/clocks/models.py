"""A clock: a rule's deadline that runs for one record."""

from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """Started from an anchor, so that it may be born late. What the rule said then is kept, whatever it says later.

    `turn` counts the rounds of a rule that repeats. `met_at` is when the duty was done, as people say;
    `ended_at` when it ceased without being done, and `ended_why` says why.
    """

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="clocks")
    rule = models.CharField(max_length=32)
    turn = models.PositiveIntegerField(default=0)
    anchor = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    way = models.CharField(max_length=16, blank=True)
    window = models.BooleanField(default=False)
    source = models.CharField(max_length=16)
    article = models.CharField(max_length=32, blank=True)
    certainty = models.CharField(max_length=1)
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+", help_text="which started it")
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey("journal.Entry", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "rule", "turn"], name="clock_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=Q(met_at__isnull=True, ended_at__isnull=True, window=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.rule}"
