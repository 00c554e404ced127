from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import open_failures

has_page("incoming", "messaging:unusable_one", by="pk")


@counter
def not_arrived(actor: Actor) -> dict[str, QuerySet[Any]]:
    return {"messages": open_failures(actor)} if actor.may("messages.write") else {}


add(
    Entry(
        section="duty",
        label=_("Messages"),
        url="messaging:outbox",
        icon="send",
        order=40,
        action="messages.read",
        count="messages",
    )
)
