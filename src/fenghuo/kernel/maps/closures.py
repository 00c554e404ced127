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


def closures_now() -> Closures:
    """All that stand at this moment, whoever may read of them: the way is the same for everybody.

    One small query; roads are looked up again only when a closure has begun, changed or ended, or the graph has.
    """
    graph = current_graph()
    if graph is None:
        return NONE
    rows = Closure.objects.filter(in_force(timezone.now())).order_by("pk").values_list("pk", "record__version")
    return _laid_over(graph, tuple(rows))


@lru_cache(maxsize=2)
def _laid_over(graph: RoadGraph, rows: tuple[tuple[int, int], ...]) -> Closures:
    found = NONE
    for geometry in Closure.objects.filter(pk__in=[pk for pk, _version in rows]).values_list("geometry", flat=True):
        found |= close_within(graph, shapely.geometry.shape(geometry))
    return found
