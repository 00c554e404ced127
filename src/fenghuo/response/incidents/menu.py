from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import open_incidents, waiting


@counter
def waiting_and_open(actor: Actor) -> dict[str, QuerySet[Any]]:
    found: dict[str, QuerySet[Any]] = {}
    if actor.may("reports.read"):
        found["reports"] = waiting(actor)
    if actor.may("incidents.read"):
        found["incidents"] = open_incidents(actor)
    return found


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
