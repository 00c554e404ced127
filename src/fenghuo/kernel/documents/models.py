"""Files that belong to records. Their bytes lie in the data folder, each under its own SHA-256."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """What the virus scanner says; NONE where the installation has none."""

    NONE = "", _("not checked for viruses")
    WAITING = "waiting", _("kept back until it is checked for viruses")
    CLEAN = "clean", _("checked, no virus found")
    INFECTED = "infected", _("a virus was found, the bytes are deleted")


class Content(models.Model):
    """Bytes that were kept once, however often they were brought. `kind`: MIME type by what they are, not by name.

    `pages`: of a PDF. `pictures_only`: a PDF whose pages hold no text that can be searched.
    """

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256")
    size = models.PositiveBigIntegerField(help_text="bytes")
    kind = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True, blank=True)
    pictures_only = models.BooleanField(default=False)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE, blank=True)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="content_waiting", condition=Q(scan="waiting"))]

    def __str__(self) -> str:
        return self.digest


class Attachment(models.Model):
    """A file of a record. `preview` is a small picture of it; a position is there only when it was asked to be kept.

    `label`: unit and post of who attached it. `taken_out`: what the kept copy no longer has, a list with commas.
    """

    record = models.ForeignKey("access.Record", models.PROTECT, related_name="attachments")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    preview = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    note = models.CharField(_("what it shows"), max_length=500, blank=True)
    label = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    stripped = models.BooleanField(default=False, help_text="position data were taken out of it")
    taken_out = models.CharField(max_length=100, blank=True)
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


def new_key() -> str:
    return uuid4().hex


class Upload(models.Model):
    """A file on its way to a record, in parts. How much has come is the size of its file in the folder of uploads.

    It is its person's alone. `mark`: SHA-256 over samples of the file, by which the same file is known again after a
    reload or from another device. `sha256`: of the whole, when the sender says it. Ended, it holds what came of it:
    `attachment`, or in `refused` why not.
    """

    key = models.CharField(max_length=32, primary_key=True, default=new_key)
    record = models.ForeignKey("access.Record", models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Person", models.CASCADE, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(help_text="bytes")
    mark = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="+")
    refused = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record", "size", "mark"],
                condition=Q(ended_at__isnull=True),
                name="upload_once_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Doomed(models.Model):
    """Bytes that an order removes from the disk: written with the order's change, gone when the file is.

    `digest`: of a content; or the key of an upload, which is shorter.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
