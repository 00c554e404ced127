"""Casualties by name: kept apart from the figures, for those who must find relatives and hospitals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .incidents import Incident


class Condition(models.TextChoices):
    DEAD = "dead", _("Dead")
    MISSING = "missing", _("Missing")
    SERIOUSLY_INJURED = "seriously_injured", _("Seriously injured")
    INJURED = "injured", _("Injured")
    POISONED = "poisoned", _("Poisoned")
    SAFE = "safe", _("Safe")


class Casualty(models.Model):
    """One person. Everything here is personal: masked on pages, private in the journal."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="casualties")
    name = models.CharField(_("name"), max_length=100)
    identity = models.CharField(_("identity number"), max_length=32, blank=True)
    phone = models.CharField(_("telephone of relatives"), max_length=40, blank=True)
    condition = models.CharField(_("condition"), max_length=24, choices=Condition)
    hospital = models.CharField(_("hospital or whereabouts"), max_length=120, blank=True)
    relatives_told_at = models.DateTimeField(_("relatives told at"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.pk}"
