from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add, counter

from .models import State
from .selectors import given_to

has_page("assignment", "assignments:assignment")


@counter
def waiting_for_us(actor: Actor) -> dict[str, QuerySet[Any, Any]]:
    """Orders to us that nobody has answered yet."""
    return {"assignments": given_to(actor).filter(state=State.SENT)} if actor.may("assignments.read") else {}


add(
    Entry(
        section="duty",
        label=_("Orders"),
        url="assignments:assignments",
        icon="list-check",
        order=30,
        action="assignments.read",
        count="assignments",
    )
)
