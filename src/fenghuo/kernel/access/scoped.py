"""The scoped queryset: the one read path. `visible_to` is the one rule of sight."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .actor import Actor

ABOVE_DIGITS = "a"  # sorts after every path that continues with digits, in any collation


class ScopedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of a model that is a Record, or that shares its primary key with one."""

    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(visible(actor, "" if self.model._meta.label == "access.Record" else "record__"))

    def lock(self, row: M) -> M:
        """The row again, held until the transaction ends (a no-op on SQLite, whose writers queue)."""
        return self.select_for_update(of=("self",)).get(pk=row.pk)


def visible(actor: "Actor", path: str = "") -> Q:
    """Which records this actor may see, as one condition on the Record found at `path`."""
    from .models import RecordSubject, Share
    from .sight import Sight

    if actor.sight is Sight.ALL:
        return Q()
    # Who stands in no unit has nothing in common with records that belong to none.
    receivers, seen = Q(pk__in=[]), Q(**{f"{path}pk__in": []})
    if actor.unit_id is not None:
        receivers |= Q(unit_id=actor.unit_id)
        seen |= Q(**{f"{path}unit_id": actor.unit_id})
    if actor.person_id is not None:
        receivers |= Q(person_id=actor.person_id)
    seen |= Q(**{f"{path}pk__in": Share.objects.filter(receivers).values("record_id")})
    inside = Q(**{f"{path}block__gte": actor.block, f"{path}block__lt": actor.block + ABOVE_DIGITS})
    if not actor.block:
        return seen
    if actor.sight is Sight.BLOCK:
        return seen | inside
    if actor.sight is Sight.LINE and actor.subjects:
        concerned = RecordSubject.objects.filter(subject__in=actor.subjects).values("record_id")
        return seen | (inside & Q(**{f"{path}pk__in": concerned}))
    return seen
