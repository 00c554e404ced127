"""Which layers a page offers, with the address that each is fetched from."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

from .layers import choices

BESIDE = ("incident-map", "county-map")  # maps of pages beside which layers can be chosen


@dataclass(frozen=True, slots=True)
class Shown:
    """`asked`: narrowed as the list is whose address led here, and shown at once. `home`: the list, or nothing."""

    name: str
    title: str | Promise
    address: str
    home: str
    sign: str
    asked: bool


def layers_shown(actor: Actor, said: QueryDict) -> list[Shown]:
    wanted, rest = said.get("show", ""), said.copy()
    rest.pop("show", None)
    query = f"?{rest.urlencode()}" if rest else ""
    found = []
    for one in choices(actor):
        here = one.name == wanted
        narrowed = query if here and one.narrowed else ""
        home = f"{one.home()}{narrowed}" if one.home else ""
        address = reverse("maps:layer", args=[one.name]) + narrowed
        found.append(Shown(one.name, one.title, address, home, str(one.title)[:1], here))
    return found
