from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .selectors import gaps_in_unit


def _show(told: Told) -> Item:
    count = told.said["n"]
    return Item(
        title=ngettext("%(n)s entry of your unit lacks something", "%(n)s entries of your unit lack something", count)
        % {"n": count},
        note=_("data completeness"),
        url=reverse("completeness:unit", args=[told.said["code"]]),
        button=_("Look at it"),
    )


@add("completeness", _show)
def own_gaps(actor: Actor) -> Rows | None:
    """What the own unit lacks, for those who keep its lists."""
    if not actor.may("completeness.tend") or actor.unit_id is None:
        return None
    gaps = gaps_in_unit()
    lacking = Unit.objects.filter(pk=actor.unit_id, valid_to=None).alias(gaps=gaps).filter(gaps__gt=0)
    return rows(lacking, n=gaps, code="code")
