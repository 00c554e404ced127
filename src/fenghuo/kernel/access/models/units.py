"""Units (单位) and the lines (条) that supervise them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..scoped import ScopedQuerySet


class UnitKind(models.TextChoices):
    GOVERNMENT = "government", _("government")
    EMERGENCY_OFFICE = "emergency_office", _("emergency office")
    COMMAND_BODY = "command_body", _("command body")
    DEPARTMENT = "department", _("department")
    TOWNSHIP = "township", _("township or street office")
    COMMITTEE = "committee", _("village or community committee")
    ENTERPRISE = "enterprise", _("enterprise")
    SCHOOL = "school", _("school")
    INSTITUTION = "institution", _("institution")
    ASSOCIATION = "association", _("social organisation")
    PARTNER = "partner", _("partner unit")
    SUPERIOR = "superior", _("superior authority")


class Unit(models.Model):
    """A body that people work for. Its region is its block; its departments by subject are its lines."""

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_unit")
    code = models.CharField(_("unit code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind)
    region = models.ForeignKey("access.Region", models.PROTECT, related_name="units", verbose_name=_("region"))
    phone = models.CharField(_("duty telephone"), max_length=32, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["kind", "region"], name="unit_kind_region")]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A subject for which a department is responsible inside its own region."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="lines")
    subject = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "subject"], name="line_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.subject}"


class Supervision(models.Model):
    """A unit's supervising department (主管部门) for one subject; at most one of them is the main one."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="supervisions")
    department = models.ForeignKey(Unit, models.PROTECT, related_name="supervises")
    subject = models.CharField(max_length=32)
    main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "subject"], name="supervision_one_per_subject"),
            models.UniqueConstraint(fields=["unit"], condition=Q(main=True), name="supervision_one_main"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} ← {self.department_id} ({self.subject})"
