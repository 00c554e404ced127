from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

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


add(Provider(name="plans", find=_find))
