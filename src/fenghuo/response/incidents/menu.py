from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import open_incidents, waiting


@counter
def waiting_and_open(actor: Actor) -> dict[str, int]:
    """Both in one query, since every page asks."""
    asked: list[QuerySet[Any, Any]] = []
    if actor.may("reports.read"):
        asked.append(waiting(actor).order_by().select_related(None).values(name=Value("reports")))
    if actor.may("incidents.read"):
        asked.append(open_incidents(actor).order_by().select_related(None).values(name=Value("incidents")))
    counted = [rows.annotate(n=Count("pk")).values_list("name", "n") for rows in asked]
    if not counted:
        return {}
    return dict(counted[0].union(*counted[1:], all=True))


add(
    Entry(
        section="duty",
        label=_("Take a call"),
        url="incidents:new",
        icon="phone",
        order=15,
        action="reports.receive",
    )
)
add(
    Entry(
        section="duty",
        label=_("Reports"),
        url="incidents:reports",
        icon="phone-incoming",
        order=20,
        action="reports.read",
        count="reports",
    )
)
add(
    Entry(
        section="duty",
        label=_("Incidents"),
        url="incidents:incidents",
        icon="urgent",
        order=25,
        action="incidents.read",
        count="incidents",
    )
)
