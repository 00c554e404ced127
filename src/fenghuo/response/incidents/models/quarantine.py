from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class Quarantined(models.Model):
    """A message from a known sender that could not be used, kept as it came until somebody has looked at it."""

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_quarantined")
    token = models.ForeignKey("access.Token", models.PROTECT, related_name="+")
    body = models.BinaryField()
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the body")
    times = models.PositiveIntegerField(_("times received"), default=1)
    content_type = models.CharField(max_length=100, blank=True)
    status = models.PositiveSmallIntegerField()
    faults = models.JSONField(default=list)
    received_at = models.DateTimeField(_("received at"))
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["settled_at", "-received_at"], name="quarantined_open")]
        constraints = [models.UniqueConstraint(fields=["token", "digest"], name="quarantined_once")]

    def __str__(self) -> str:
        return self.record.number

    @property
    def shown(self) -> str:
        """The body as text, at most 2,000 characters; bytes that are no UTF-8 as their escapes."""
        return bytes(self.body).decode("utf-8", "backslashreplace")[:2000]
