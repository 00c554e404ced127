from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Start, add, add_start

from .selectors import quarantined, waiting
from .words import kind_name

add_start(Start(gettext_lazy("New report"), "incidents:new", "n", "reports.receive"))

MOST = 20  # more than this is a list, not a task


@add
def reports_waiting(actor: Actor) -> list[Item]:
    """Reports nobody has decided on, for those who may decide; their clock comes with incidents."""
    if not actor.may("reports.settle"):
        return []
    return [
        Item(
            title=found.text[:60],
            note=" · ".join(
                part for part in (found.record.number, found.get_source_display(), kind_name(found.kind)) if part
            ),
            url=reverse("incidents:report", args=[found.pk]),
            button=_("Open"),
            since=found.received_at,
            source=str(found.record.region or ""),
        )
        for found in waiting(actor).order_by("pk")[:MOST]
    ]


@add
def unreadable(actor: Actor) -> list[Item]:
    if not actor.may("quarantine.settle"):
        return []
    count = quarantined(actor).count()
    if not count:
        return []
    return [
        Item(
            title=_("%(count)s messages from platforms could not be read") % {"count": count},
            note=_("Ring the sender back: there may be a call in them."),
            url=reverse("incidents:quarantine"),
            button=_("Look"),
        )
    ]
