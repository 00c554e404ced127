from django.db import models

from .entries import Entry


class Destroyed(models.Model):
    """The private value of `entry` was removed by the destruction order `order_no`, as the entry `by_entry` says.

    The database lets a private value go only when its row is here; and here nothing is ever changed or removed.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="destroyed")
    order_no = models.PositiveIntegerField()
    by_entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["by_entry", "entry"], name="destroyed_by_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.order_no})"
