"""People and the posts they hold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..rights import Role
from ..scoped import ScopedQuerySet


class Person(models.Model):
    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_person")
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("office telephone"), max_length=32, blank=True)
    mobile = models.CharField(_("mobile telephone"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person holds a role in a unit for a time; rights follow from the post, never from the person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    title = models.CharField(_("title of the post"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after"),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]

    def __str__(self) -> str:
        return f"{self.unit} {self.title or self.get_role_display()}"
