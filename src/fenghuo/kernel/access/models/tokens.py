from django.db import models
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A machine's key. Only the SHA-256 of it is kept; what it sees is bounded by its unit."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="tokens")
    scopes = models.CharField(max_length=400)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
