"""Roots that are kept elsewhere: those that we gave away, and those that other nodes gave us."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    MAIL = "mail", _("e-mail")
    POST = "post", _("another node")


class GivenRoot(models.Model):
    """One root that left the house. `day` is set for the daily mail alone: once a day to each address."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    way = models.CharField(max_length=8, choices=Way.choices)
    address = models.CharField(max_length=254)
    day = models.DateField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "address"], name="root_once_a_day")]

    def __str__(self) -> str:
        return f"{self.number} → {self.address}"


class KeptRoot(models.Model):
    """A root of another node, as it came. Two hashes of one number are both kept: that journal was rewritten."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="kept_roots")
    number = models.BigIntegerField()
    last = models.BigIntegerField()
    algorithm = models.CharField(max_length=16)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    received_from = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number", "hash"], name="root_kept_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.number}"
