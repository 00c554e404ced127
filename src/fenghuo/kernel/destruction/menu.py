from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import to_confirm

has_page("destruction", "destruction:by_record", by="pk")


@counter
def waiting(actor: Actor) -> dict[str, QuerySet[Any]]:
    return {"destruction": to_confirm(actor)} if actor.may("destruction.confirm") else {}


add(
    Entry(
        section="oversight",
        label=_("Destruction"),
        url="destruction:orders",
        icon="eraser",
        order=80,
        action="destruction.read",
        count="destruction",
    )
)
