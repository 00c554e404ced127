from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .checks.selectors import items, rounds
from .selectors import plans
from .words import plan_kind_name


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("plans.read"):
        return []
    return [
        Hit(
            title=f"{found.record.number} {found.name}",
            note=f"{plan_kind_name(found.kind)} · {found.record.unit or ''} · {found.get_state_display()}",
            url=reverse("plans:plan", args=[found.record.number]),
            kind=str(_("Plan")),
        )
        for found in plans(actor, text=query)[:limit]
    ]


def _find_checks(actor: Actor, query: str, limit: int) -> list[Hit]:
    """Checks by number and title, and the units drawn by number and name."""
    if not actor.may("plan_checks.read"):
        return []
    words = Q(record__title__icontains=query) | Q(record__number__istartswith=query)
    kind = str(_("Check of plans"))
    found = [
        Hit(
            title=f"{one.record.number} {one.record.title}",
            note=f"{one.record.unit or ''} · {one.get_state_display()}",
            url=reverse("plans:check_round", args=[one.record.number]),
            kind=kind,
        )
        for one in rounds(actor).filter(words)[:limit]
    ]
    for item in items(actor).filter(words)[: limit - len(found)] if len(found) < limit else ():
        found.append(
            Hit(
                title=f"{item.record.number} {item.record.title}",
                note=f"{item.round.record.title} · {item.get_state_display()}",
                url=reverse("plans:check_item", args=[item.record.number]),
                kind=kind,
            )
        )
    return found


add(Provider(name="plans", find=_find))
add(Provider(name="plan_checks", find=_find_checks))
