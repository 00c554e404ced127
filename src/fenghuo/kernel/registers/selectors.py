"""What a list offers besides its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors.regions import homes

from .models import SavedView


@dataclass(frozen=True, slots=True)
class Offered:
    """`views`: (key, name, query) that the actor saved. `places`: (code, name) of the towns in the actor's block."""

    count: int
    views: list[tuple[int, str, str]]
    places: list[tuple[str, str]]


def offered(register: str, by: Actor, found: QuerySet[Any]) -> Offered:
    """How many rows there are, and what may be chosen, in one query, since every list asks."""
    mine = SavedView.objects.filter(person=by.person_id or 0, register=register).order_by()
    towns = Region.objects.filter(parent__in=homes()[:1].values("pk"), valid_to=None, path__startswith=by.block)
    nothing = Value("", CharField())
    parts = [
        found.order_by()
        .select_related(None)
        .prefetch_related(None)
        .values(what=Value("count"))
        .annotate(key=Count("pk"), label=nothing, said=nothing, place=nothing),
        mine.values(what=Value("view"), key=F("pk"), label=F("name"), said=F("query"), place=F("name")),
        towns.order_by().values(what=Value("place"), key=F("pk"), label=F("name"), said=F("code"), place=F("path")),
    ]
    columns = ("what", "key", "label", "said", "place")
    count, *more = (part.values_list(*columns) for part in parts)
    rows = list(count.union(*more, all=True).order_by("place"))
    return Offered(
        sum(key for what, key, *_rest in rows if what == "count"),  # no row at all when nothing was found
        [(key, label, said) for what, key, label, said, _place in rows if what == "view"],
        [(said, label) for what, _key, label, said, _place in rows if what == "place"],
    )
