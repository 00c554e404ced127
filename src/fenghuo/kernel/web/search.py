"""Global search: rooms add a provider in search.py; each finds only what the actor may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.registry.selectors import find_regions, find_units

MOST_PER_PROVIDER = 10


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    note: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`last`: after all others, being nothing that is looked for at night."""

    name: str
    find: Callable[[Actor, str, int], list[Hit]]
    last: bool = False


_providers: list[Provider] = []


def add(provider: Provider) -> None:
    _providers.append(provider)


def find(actor: Actor, query: str) -> list[Hit]:
    """Hits of all rooms, in the order in which the rooms are installed from the response side down."""
    words = query.replace("\x00", "").strip()[:100]
    if not words:
        return []
    last = [provider for provider in _providers if provider.last]
    providers = [provider for provider in reversed(_providers) if not provider.last]
    return [hit for provider in (*providers, *last) for hit in provider.find(actor, words, MOST_PER_PROVIDER)]


def _units(actor: Actor, query: str, limit: int) -> list[Hit]:
    return [
        Hit(
            found.name,
            " · ".join(
                part for part in (found.note, found.code, found.former and _("formerly %s") % found.former) if part
            ),
            reverse("web:unit", args=[found.code]),
            _("Unit"),
        )
        for found in find_units(query, limit)
    ]


def _regions(actor: Actor, query: str, limit: int) -> list[Hit]:
    return [
        Hit(
            region.name,
            " · ".join(part for part in (region.code, said if said != region.name else "") if part),
            reverse("web:regions") + f"?at={region.code}",
            _("Region"),
        )
        for region, said in find_regions(query, limit)
    ]


add(Provider("regions", _regions))
add(Provider("units", _units))
