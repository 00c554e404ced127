from django.db import models


class Counter(models.Model):
    """The last number given for a kind of record on a day; numbers may have gaps, never doubles."""

    kind = models.CharField(max_length=32)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}: {self.last}"
