from django.db.models import Case, F, When
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.messaging.today import lists_itself
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .models import State
from .selectors import given_by, given_to, in_trouble

lists_itself("assignment")


def _to_us(told: Told) -> Item:
    said = told.said
    state = State(said["state"])
    return Item(
        title=said["text"],
        note=" · ".join((said["number"], said["to"], str(state.label))),
        url=reverse("assignments:assignment", args=[said["number"]]),
        button=_("Answer") if state == State.SENT else _("Open"),
        due_at=told.due_at,
        due_word=_("left") if told.due_at else "",
        since=told.since,
        source=said["about"],
        exercise=bool(said["exercise"]),
    )


@add("orders_to_us", _to_us)
def orders_to_us(actor: Actor) -> Rows | None:
    """What my unit, its teams or I have been ordered to do."""
    if not actor.may("assignments.answer"):
        return None
    return rows(
        given_to(actor),
        due_at="due_at",
        since="issued_at",
        text=Left("text", 60),
        number=F("record__number"),
        to=F("to_name"),
        state=F("state"),
        about=F("about__title"),
        exercise=F("record__exercise"),
    )


def _trouble(told: Told) -> Item:
    said = told.said
    declined = said["state"] == State.DECLINED
    title = _("Cannot come, choose others: %(to)s") if declined else _("Does not answer, call by hand: %(to)s")
    return Item(
        title=title % {"to": said["to"]},
        note=f"{said['number']} · {said['text']}",
        url=reverse("assignments:assignment", args=[said["number"]]),
        button=_("Open"),
        since=told.since,
        source=said["about"],
        exercise=bool(said["exercise"]),
    )


@add("orders_in_trouble", _trouble)
def orders_in_trouble(actor: Actor) -> Rows | None:
    """Orders of my unit that nobody answers, or that were declined: a person has to call, or choose another."""
    if not actor.may("assignments.issue") or actor.unit_id is None:
        return None
    return rows(
        given_by(actor).filter(in_trouble()),
        since=Case(When(state=State.DECLINED, then=F("answered_at")), default=F("escalated_at")),
        text=Left("text", 40),
        number=F("record__number"),
        to=F("to_name"),
        state=F("state"),
        about=F("about__title"),
        exercise=F("record__exercise"),
    )
