from django.db import models


class Row(models.Model):
    """One report as a bare service would keep it: one row."""

    source = models.CharField(max_length=8)
    source_id = models.CharField(max_length=128)
    received_at = models.DateTimeField()
    text = models.TextField()
    kind = models.CharField(max_length=32)
    address = models.CharField(max_length=500)
    latitude = models.FloatField()
    longitude = models.FloatField()
    figures = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="peer_row_once")]

    def __str__(self) -> str:
        return self.source_id
