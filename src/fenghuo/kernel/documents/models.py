"""Files that belong to records. Their bytes lie in the data folder, each under its own SHA-256."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Content(models.Model):
    """Bytes that were kept once, however often they were brought. `kind`: MIME type by what they are, not by name."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256")
    size = models.PositiveBigIntegerField(help_text="bytes")
    kind = models.CharField(max_length=100)
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class Attachment(models.Model):
    """A file of a record. `preview` is a small picture of it; a position is there only when it was asked to be kept."""

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="attachments")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    preview = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    note = models.CharField(_("what it shows"), max_length=500, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    stripped = models.BooleanField(default=False, help_text="position data were taken out of it")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "content"], condition=Q(removed_at__isnull=True), name="attached_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.pk}"


class Doomed(models.Model):
    """Bytes that an order removes from the disk: written with the order's change, gone when the file is."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
