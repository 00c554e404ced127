from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.response.incidents.models import Incident


class VideoLink(models.Model):
    """The address of a camera or a meeting, opened from the board and from its incident."""

    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="videos")
    name = models.CharField(_("name"), max_length=60)
    address = models.URLField(_("address"), max_length=500)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
