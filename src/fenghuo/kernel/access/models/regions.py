"""The region tree (行政区划): the blocks (块)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PATH_STEP = 4  # digits a level


class RegionLevel(models.TextChoices):
    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWN = "town", _("township or street office")
    VILLAGE = "village", _("village or community")


class Region(models.Model):
    """A node of the region tree. The tree is by parent; the 12-digit code is a name that may change.

    `path` is the parent's path and four digits more: everything below a node lies in the range
    [path, path + "a"). Positions are WGS 84 degrees; `position_estimated` marks those placed by hand.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_region")
    code = models.CharField(_("region code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=16, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=64, unique=True, editable=False)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    position_estimated = models.BooleanField(default=False)
    code_invented = models.BooleanField(default=False)
    people = models.PositiveIntegerField(
        _("people who live there"), null=True, blank=True, help_text="null: nobody has said; 0: nobody lives there"
    )
    people_as_of = models.DateField(_("as of"), null=True, blank=True)
    boundary = models.TextField(blank=True, help_text="GeoJSON geometry, WGS 84; empty when unknown")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["parent", "code"], name="region_parent_code")]

    def __str__(self) -> str:
        return self.name
