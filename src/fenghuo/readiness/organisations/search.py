from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.registry.selectors import find_people
from fenghuo.kernel.web.search import Hit, Provider, add


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("registry.read"):
        return []
    return [
        Hit(one.name, str(one.record.unit or ""), reverse("registers:row", args=["people", one.pk]), _("Person"))
        for one in find_people(actor, query, limit)
    ]


add(Provider("people", _find))
