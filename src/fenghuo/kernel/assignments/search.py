from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .selectors import assignments


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("assignments.read"):
        return []
    found = assignments(actor).filter(
        Q(record__number__icontains=query) | Q(text__icontains=query) | Q(to_name__icontains=query)
    )
    return [
        Hit(
            one.to_name,
            f"{one.record.number} · {one.text[:60]}",
            reverse("assignments:assignment", args=[one.record.number]),
            _("The order"),
        )
        for one in found[:limit]
    ]


add(Provider("assignments", _find))
