from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, count_of

from .selectors.gaps import vacancies


def _vacant(told: Told) -> Item:
    n = told.said["n"]
    return Item(
        title=ngettext("%(n)s unit has a vacant post", "%(n)s units have a vacant post", n) % {"n": n},
        note=_("Somebody must be named there, so that a call at night finds somebody."),
        url=f"{reverse('organisations:check')}?show=vacant",
        button=_("Look"),
    )


@add("organisations_vacant", _vacant)
def vacant(actor: Actor) -> Rows | None:
    """One line for all of them, without a clock: it waits behind everything that has one."""
    return count_of(vacancies(actor), since="record__archived_at") if actor.may("organisations.tend") else None
