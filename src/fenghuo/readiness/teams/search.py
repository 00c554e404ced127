from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .selectors import teams


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("teams.read"):
        return []
    return [
        Hit(
            title=f"{found.record.number} {found.name}",
            note=f"{found.get_kind_display()} · {found.record.unit or ''}",
            url=reverse("teams:team", args=[found.record.number]),
            kind=str(_("Team")),
        )
        for found in teams(actor, text=query).prefetch_related(None)[:limit]
    ]


add(Provider(name="teams", find=_find))
