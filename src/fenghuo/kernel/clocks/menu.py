from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.menu import Entry, add, counter

from .desks import own_and_desk
from .models import Clock
from .states import overdue


@counter
def overdue_here(actor: Actor) -> dict[str, QuerySet[Any, Any]]:
    """Duties of the actor's unit that are open after their end."""
    if not actor.may("clocks.read") or actor.unit_id is None:
        return {}
    ours = own_and_desk(actor.unit_id)
    return {"clocks": Clock.objects.filter(ours, overdue(timezone.now()), window=False, record__exercise=False)}


add(
    Entry(
        section="duty",
        label=_("Deadlines"),
        url="clocks:clocks",
        icon="clock",
        order=28,
        action="clocks.read",
        count="clocks",
    )
)
