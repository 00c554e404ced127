from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .selectors import to_confirm


def _show(told: Told) -> Item:
    return Item(
        title=_("Confirm or cancel destruction order No. %(order)s") % {"order": told.said["no"]},
        note=_("what it removes is gone for good"),
        url=reverse("destruction:order", args=[told.said["no"]]),
        button=_("Look at it"),
        since=told.since,
    )


@add("destruction", _show)
def waiting(actor: Actor) -> Rows | None:
    if not actor.may("destruction.confirm"):
        return None
    return rows(to_confirm(actor).order_by("no"), since="drafted_at", no="no")
