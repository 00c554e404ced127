from django.db.models import OuterRef, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.messaging.today import shown_elsewhere
from fenghuo.kernel.web.today import Item, Rows, Told, add, count_of, rows

from .calendar_years import wanted_year
from .desks import home_desk
from .listing import unexplained
from .models import Telling

# Whoever is told of a duty has the duty itself on Today.
shown_elsewhere(lambda: Telling.objects.filter(message=OuterRef("pk")))


def _reasons(told: Told) -> Item:
    n = told.said["n"]
    said = ngettext("Say why it was late: %(n)s duty", "Say why they were late: %(n)s duties", n)
    return Item(
        title=said % {"n": n},
        note=_("reported late, not reported, or still open after the end"),
        url=f"{reverse('clocks:clocks')}?mine=1&view=unexplained",
        button=_("Give the reason"),
        since=told.since,
    )


@add("clock_reasons", _reasons)
def reasons_asked(actor: Actor) -> Rows | None:
    """Duties of my unit that were late, and of which nobody has said why: one row for all of them."""
    if not actor.may("clocks.explain") or actor.unit_id is None:
        return None
    late = unexplained(actor, home_desk(), timezone.now()).filter(record__exercise=False)
    return count_of(late, since="late_noted_at")


def _no_table(told: Told) -> Item:
    year = told.said["year"]
    return Item(
        title=_("Enter the days off of %(year)s") % {"year": year},
        note=_("Without the State Council's notice no deadline in working days can be reckoned into that year."),
        url=reverse("clocks:days_off"),
        button=_("Enter the table"),
        since=told.since,
    )


@add("days_off_missing", _no_table)
def days_off_missing(actor: Actor) -> Rows | None:
    """For the administrator, from October on: next year's table is not here."""
    year = wanted_year() if actor.may("clocks.rules") and actor.unit_id is not None else None
    return rows(Unit.objects.filter(pk=actor.unit_id), year=Value(year)) if year is not None else None
