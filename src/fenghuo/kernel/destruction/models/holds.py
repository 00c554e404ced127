from django.db import models
from django.utils.translation import gettext_lazy as _


class Hold(models.Model):
    """A record that must be kept (封存): as evidence, for an evaluation … (ERL24 art. 85). Lifted, it stays as past."""

    target = models.ForeignKey("access.Record", models.PROTECT, related_name="destruction_holds")
    reason = models.CharField(_("why it must be kept"), max_length=500)
    held_by = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField()
    lifted_by = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=models.Q(lifted_at__isnull=True), name="destruction_hold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} ■"
