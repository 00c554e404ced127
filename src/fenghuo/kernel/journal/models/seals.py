"""Seals: what the journal held when, so that nobody can change it afterwards without it being seen."""

from django.db import models
from django.db.models import F, Q


class Seal(models.Model):
    """The positions `first` to `last`, sealed together: docs/algorithms/seals.md.

    `root` is the Merkle root over the leaves, `hash` the chain: over this header, in which `previous` is the hash of
    the seal before. `leaves`: a line for each position, "<entry> <leaf>", so that verify can name the one that is bad.
    All hashes in hex, by the seal's own `algorithm`. `sealed_at` tells people; the order is the number alone.
    """

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField()
    count = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=16)
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    leaves = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first"), number__gte=1), name="seal_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.first}–{self.last}"


class SealHead(models.Model):
    """One row: the newest seal. It lets one sealer at a time go on, and shows when the newest seals are gone."""

    name = models.CharField(max_length=16, primary_key=True)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
