from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.reading import readable_with
from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import inbox, outbox
from .states import WITH_RECEIVER, WITH_SENDER

has_page("submission", "submissions:submission")
readable_with("submission", "submissions.read")


@counter
def waiting(actor: Actor) -> dict[str, QuerySet[Any, Any]]:
    """What my unit has to answer, and what it has to correct."""
    if not actor.may("submissions.read") or actor.unit_id is None:
        return {}
    return {
        "papers_in": inbox(actor).filter(state__in=WITH_RECEIVER),
        "papers_out": outbox(actor).filter(state__in=WITH_SENDER),
    }


for name, label, icon, place in (
    ("in", _("Papers received"), "inbox", 40),
    ("out", _("Papers sent"), "send", 41),
):
    add(
        Entry(
            section="duty",
            label=label,
            url="submissions:box",
            icon=icon,
            order=place,
            action="submissions.read",
            count=f"papers_{name}",
            args=(name,),
        )
    )
