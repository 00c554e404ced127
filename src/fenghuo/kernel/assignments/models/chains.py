"""The chain of those who are asked one after the other, frozen when the order is issued; and their links."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    FIRST = "first", _("asked")
    REMINDER = "reminder", _("reminded")
    NEXT = "next", _("next in line asked")
    DESK = "desk", _("back to who issued it")


class Step(models.Model):
    """Whom to ask at which moment, if nobody has answered by then. `done_at` without `sent`: it was not needed."""

    assignment = models.ForeignKey("assignments.Assignment", models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    due_at = models.DateTimeField()
    name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("access.Person", models.PROTECT, null=True, blank=True, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    sent = models.BooleanField(default=False)

    class Meta:
        ordering = ["assignment", "place"]
        constraints = [models.UniqueConstraint(fields=["assignment", "place"], name="step_place_once")]
        indexes = [models.Index(fields=["due_at"], name="step_waiting", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.place}"


class Link(models.Model):
    """A secret address that opens one assignment for one receiver. Only the SHA-256 of the secret is kept.

    `browser`: digest of the cookie of whoever answered first; another browser must name the telephone's last digits.
    """

    assignment = models.ForeignKey("assignments.Assignment", models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("access.Person", models.PROTECT, null=True, blank=True, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    browser = models.CharField(max_length=64, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.name}"
