from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .kinds import name_of
from .selectors import submissions


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("submissions.read"):
        return []
    found = submissions(actor).filter(
        Q(record__number__icontains=query) | Q(record__title__icontains=query) | Q(receipt__icontains=query)
    )
    return [
        Hit(
            one.record.title,
            f"{one.record.number} · {name_of(one.kind)} · {one.get_state_display()}",
            reverse("submissions:submission", args=[one.record.number]),
            _("Paper sent up"),
        )
        for one in found[:limit]
    ]


add(Provider("submissions", _find))
