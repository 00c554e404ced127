"""The order of entries: given after commit, one after the other, without gaps."""

from django.db import models


class Position(models.Model):
    """Everything that follows the journal reads these; a gap is a deletion."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField("journal.Entry", models.PROTECT, related_name="numbered")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.position)


class Unnumbered(models.Model):
    """Written with its entry and removed when that gets its position: however late a commit, it is not missed."""

    entry = models.OneToOneField("journal.Entry", models.PROTECT, primary_key=True, related_name="waiting")

    def __str__(self) -> str:
        return str(self.entry_id)


class Lease(models.Model):
    """Whoever holds this row's lock gives positions; `at` is the last sign of life."""

    name = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
