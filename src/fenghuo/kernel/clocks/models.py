"""A clock: a rule's deadline that runs for one record."""

from django.db import models
from django.db.models import Q

from .lateness import LateWhy


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
    # For the tick (planning.py): when it has to look next, up to which step people were told, since when it stands on
    # record as late; and when the reason for that was given.
    next_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    late_noted_at = models.DateTimeField(null=True, blank=True)
    reasoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "rule", "turn"], name="clock_once")]
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_next", condition=Q(next_at__isnull=False)),
            models.Index(
                fields=["record"],
                name="clock_reason_asked",
                condition=Q(late_noted_at__isnull=False, reasoned_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=Q(met_at__isnull=True, ended_at__isnull=True, window=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.rule}"


class Telling(models.Model):
    """That somebody was told of a clock, by which message; several clocks may be gathered in one."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="tellings")
    message = models.ForeignKey("messaging.Message", models.PROTECT, related_name="clock_tellings")
    kind = models.CharField(max_length=8, help_text="before, at, after; see notice_steps")
    late = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"


class LateReason(models.Model):
    """Why a duty was late, in the words of those whose it was. What was said before is in the journal."""

    clock = models.OneToOneField(Clock, models.PROTECT, primary_key=True, related_name="late_reason")
    why = models.CharField(max_length=16, choices=LateWhy)
    text = models.TextField(help_text="personal: kept apart from the sealed text")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200, help_text="unit and post, never a name")
    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.clock_id} {self.why}"
