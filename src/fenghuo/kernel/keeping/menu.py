from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.menu import Entry, add, counter

from .selectors import failed_since_newest


@counter
def not_made(actor: Actor) -> dict[str, QuerySet[Any]]:
    return {"backups": failed_since_newest()} if actor.may("backups.manage") else {}


add(
    Entry(
        section="oversight",
        label=_("Backups"),
        url="keeping:backups",
        icon="database",
        order=90,
        action="backups.manage",
        count="backups",
    )
)
