"""Names under which regions, units and people are found: current, short and former ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameKind(models.TextChoices):
    CURRENT = "current", _("current name")
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")


class Name(models.Model):
    """One name of one record; old names still find the place.

    `keys` holds, each after a space, the name, its full pinyin and its initials (all readings of
    polyphonic characters), lower case, so that one LIKE finds any of them.
    """

    record = models.ForeignKey("access.Record", models.CASCADE, related_name="names")
    record_kind = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=NameKind, default=NameKind.CURRENT)
    text = models.CharField(max_length=120)
    keys = models.CharField(max_length=1000)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=32, blank=True, help_text="the code that went with a former name")

    class Meta:
        indexes = [
            models.Index(fields=["record_kind", "text"], name="name_kind_text"),
            models.Index(fields=["record_kind", "code"], name="name_kind_code"),
        ]

    def __str__(self) -> str:
        return self.text
