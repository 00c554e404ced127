from django.db import models

from .targets import Target


class Reminder(models.Model):
    """A unit was reminded of a target. `step`: so many days before it was due at most; -1: when it was overdue."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    step = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "unit", "step"], name="reminded_once_a_step")]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.unit_id} {self.step}"
