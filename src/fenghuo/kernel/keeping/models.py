"""Backups: every one that was made or tried. The file may lie anywhere; the row says until when it is to be kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DAILY = "daily"  # made by the worker, as FENGHUO_BACKUP_AT says


class State(models.TextChoices):
    MADE = "made", _("made")
    FAILED = "failed", _("failed")
    ASIDE = "aside", _("put aside by a restore")


class Backup(models.Model):
    """One attempt. `made_at`: the moment whose state it holds (of a failed one: when it was tried).

    `keep_until`: the last day on which it is to be kept. `size` in bytes, `sha256` of the file. `position`: the newest
    one of its journal, `journal_ok`: what verify said then. ASIDE: what stood here before a restore took its place;
    on PostgreSQL `path` is then `schema:` and the name of a schema.
    """

    state = models.CharField(max_length=8, choices=State)
    name = models.CharField(_("name"), max_length=255)
    path = models.CharField(max_length=4096, blank=True)
    made_at = models.DateTimeField(_("state of"), db_index=True)
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    position = models.PositiveBigIntegerField(null=True, blank=True)
    journal_ok = models.BooleanField(null=True, blank=True)
    made_by = models.CharField(_("made by"), max_length=200)
    notes = models.TextField(blank=True, help_text="one warning a line; of a failed one: why")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="failed") | Q(keep_until__isnull=False), name="backup_has_a_last_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
