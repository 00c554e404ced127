from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.search import Hit, Provider, add

from .selectors import incidents, reports


def _find(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("reports.read"):
        return []
    return [
        Hit(
            title=f"{found.record.number} {found.record.title}",
            note=found.text[:80],
            url=reverse("incidents:report", args=[found.pk]),
            kind=str(_("Report")),
        )
        for found in reports(actor, text=query)[:limit]
    ]


add(Provider(name="reports", find=_find))


def _find_incidents(actor: Actor, query: str, limit: int) -> list[Hit]:
    if not actor.may("incidents.read"):
        return []
    return [
        Hit(
            title=f"{found.record.number} {found.record.title}",
            note=found.get_state_display(),
            url=reverse("incidents:incident", args=[found.record.number]),
            kind=str(_("Incident")),
        )
        for found in incidents(actor, text=query)[:limit]
    ]


add(Provider(name="incidents", find=_find_incidents))
