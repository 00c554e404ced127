from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import open_incidents, waiting

has_page("report", "incidents:report", by="pk")
has_page("incident", "incidents:incident")
has_page("quarantined", "incidents:quarantined", by="pk")


@counter
def waiting_and_open(actor: Actor) -> dict[str, QuerySet[Any, Any]]:
    asked: dict[str, QuerySet[Any, Any]] = {}
    if actor.may("reports.read"):
        asked["reports"] = waiting(actor)
    if actor.may("incidents.read"):
        asked["incidents"] = open_incidents(actor)
    return asked


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
