from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, add

from .models import Assignment, State
from .selectors import assignments, given_to
from .states import ENDED

MOST = 20


@add
def orders_to_me(actor: Actor) -> list[Item]:
    """What my unit, its teams or I have been ordered to do."""
    if not actor.may("assignments.answer"):
        return []
    return [
        Item(
            title=one.text[:60],
            note=" · ".join((one.record.number, one.to_name, str(one.get_state_display()))),
            url=reverse("assignments:assignment", args=[one.record.number]),
            button=_("Answer") if one.state == State.SENT else _("Open"),
            due_at=one.due_at,
            due_word=_("left") if one.due_at else "",
            since=one.issued_at,
            source=one.about.title,
        )
        for one in given_to(actor)[:MOST]
    ]


@add
def orders_in_trouble(actor: Actor) -> list[Item]:
    """Orders of my unit that nobody answers, or that were declined: a person has to call, or choose another."""
    if not actor.may("assignments.issue") or actor.unit_id is None:
        return []
    mine = assignments(actor).filter(issuer=actor.unit_id).exclude(state__in=ENDED)
    silent = mine.filter(state=State.SENT, escalated_at__isnull=False)
    declined = mine.filter(state=State.DECLINED)
    return [_trouble(one) for one in [*silent[:MOST], *declined[:MOST]]]


def _trouble(one: Assignment) -> Item:
    if one.state == State.DECLINED:
        title, since = _("Cannot come, choose others: %(to)s"), one.answered_at
    else:
        title, since = _("Does not answer, call by hand: %(to)s"), one.escalated_at
    return Item(
        title=title % {"to": one.to_name},
        note=f"{one.record.number} · {one.text[:40]}",
        url=reverse("assignments:assignment", args=[one.record.number]),
        button=_("Open"),
        since=since,
        source=one.about.title,
    )
