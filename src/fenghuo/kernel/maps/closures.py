"""Closed roads as they are asked for: those an actor may see, and what lies over the road graph at this moment."""

from datetime import datetime
from functools import lru_cache

import shapely
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.geo.roads.closures import Closures, close_within
from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from .effects import factor_for
from .models import Closure
from .roads import current_graph

NONE = Closures()


def closures(actor: Actor) -> QuerySet[Closure]:
    """Those this actor may see, the newest first. Raises: NotAllowed."""
    require(actor, "closures.read")
    return Closure.objects.visible_to(actor).select_related("record__unit").order_by("-from_at", "-pk")


def closure(actor: Actor, number: str) -> Closure:
    """Raises: NotFound, also for what the actor may not see."""
    found = closures(actor).filter(record__kind="closure", record__number=number.replace("\x00", "")).first()
    if found is None:
        raise NotFound(_("There is no such closed road, or you may not see it."))
    return found


def in_force(now: datetime) -> Q:
    return Q(from_at__lte=now) & not_yet_over(now)


def not_yet_over(now: datetime) -> Q:
    """In force, or about to be."""
    return Q(lifted_at__isnull=True) & (Q(until_at__isnull=True) | Q(until_at__gt=now))


def closures_now(mode: str = "truck", *, exercise: bool = False) -> Closures:
    """All that stand at this moment for this mode, whoever may read of them: the way is the same for everybody.

    `exercise`: those that were closed in exercises only, which nobody else goes round, and no others.
    One small query; roads are looked up again only when a closure has begun, changed or ended, or the graph has.
    """
    graph = current_graph()
    if graph is None:
        return NONE
    standing = Closure.objects.filter(in_force(timezone.now()), record__exercise=exercise)
    rows = standing.order_by("pk").values_list("pk", "record__version", "effect", "factor", "depth_cm")
    laid = ((pk, version, factor_for(mode, effect, factor, depth_cm)) for pk, version, effect, factor, depth_cm in rows)
    return _laid_over(graph, tuple(one for one in laid if one[2] > 1))


@lru_cache(maxsize=16)
def _laid_over(graph: RoadGraph, rows: tuple[tuple[int, int, float], ...]) -> Closures:
    drawn = dict(Closure.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "geometry"))
    found = NONE
    for pk, _version, factor in rows:
        if pk in drawn:
            found |= close_within(graph, shapely.geometry.shape(drawn[pk]), factor)
    return found
