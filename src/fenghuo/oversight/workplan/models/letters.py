from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet

from .plans import WorkPlan
from .targets import Target


class Letter(models.Model):
    """A supervision letter (督办单) to one unit about targets of the plan in force. The order about it is answered.

    To whom it went is its record's unit, whose time to answer runs on it; `to` says the same and stays. Who sent it
    keeps the plan. `withdrawn_at`: it asks nothing any more, for `reason`.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_letter")
    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="letters")
    to = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    text = models.TextField(_("what is demanded"), blank=True)
    sent_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.record.number


class LetterTarget(models.Model):
    """How a target stood for the unit when the letter was sent."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="rows")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    value = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()

    class Meta:
        ordering = ["target__clause__place", "target__place", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "target"], name="letter_target_once")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.target_id}"
