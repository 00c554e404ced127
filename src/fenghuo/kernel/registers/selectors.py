"""What a list offers besides its rows."""

from dataclasses import dataclass

from django.db.models import F, Value

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.selectors.regions import homes

from .models import SavedView


@dataclass(frozen=True, slots=True)
class Offered:
    """`views`: (key, name, query) that the actor saved. `places`: (code, name) of the towns in the actor's block."""

    views: list[tuple[int, str, str]]
    places: list[tuple[str, str]]


def offered(register: str, by: Actor) -> Offered:
    """Both in one query, since every list asks."""
    mine = (
        SavedView.objects.filter(person=by.person_id, register=register) if by.person_id else SavedView.objects.none()
    )
    towns = Region.objects.filter(parent__in=homes()[:1].values("pk"), valid_to=None, path__startswith=by.block)
    columns = ("what", "key", "label", "said", "place")
    views = (
        mine.order_by()
        .annotate(what=Value("view"), key=F("pk"), label=F("name"), said=F("query"), place=F("name"))
        .values_list(*columns)
    )
    places = (
        towns.order_by()
        .annotate(what=Value("place"), key=F("pk"), label=F("name"), said=F("code"), place=F("path"))
        .values_list(*columns)
    )
    found = list(views.union(places, all=True).order_by("place"))
    return Offered(
        [(key, label, said) for what, key, label, said, _place in found if what == "view"],
        [(said, label) for what, _key, label, said, _place in found if what == "place"],
    )
