from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class Proof(models.Model):
    """A document that proves a target where no room keeps the thing itself: rules issued, minutes, a drill's record.

    Its title is its record's, its unit its record's. `kind`: of submission_kinds.csv, by which it goes up.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_workplan_proof")
    kind = models.CharField(_("kind of paper"), max_length=48)
    done_on = models.DateField(_("day of the thing itself"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.record.title
