"""What a receiver answers: on the way, later, cannot; progress, arrival, done.

By page, link, text message or machine, and by hand for one who has only a telephone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.access.guard import require

from ..models import Answer, Assignment, Way
from .telling import begin, tell

LONGEST_WAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Said:
    """How an answer came. `key`: the same one counts once; `name`: who said it, if known."""

    way: Way = Way.PAGE
    key: str | None = None
    name: str = ""


def acknowledge(
    assignment: Assignment,
    *,
    by: Actor,
    eta_minutes: int | None = None,
    later: bool = False,
    text: str = "",
    said: Said | None = None,
    happened_at: datetime | None = None,
) -> Assignment:
    """The order was taken. `eta_minutes`: how long until they are there, from `happened_at` on.

    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    if eta_minutes is not None and not 0 <= eta_minutes <= LONGEST_WAY:
        raise Invalid(Fault("eta_minutes", _("must lie between 0 and %(most)s") % {"most": LONGEST_WAY}, eta_minutes))
    answer = _Answer("acknowledge", said, text=text, eta_minutes=eta_minutes, later=later, happened_at=happened_at)
    return _take(assignment, answer, by)


def decline(
    assignment: Assignment, *, by: Actor, reason: str, said: Said | None = None, happened_at: datetime | None = None
) -> Assignment:
    """They cannot come. Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why"), reason))
    return _take(assignment, _Answer("decline", said, text=reason, happened_at=happened_at), by)


def report_progress(
    assignment: Assignment,
    *,
    by: Actor,
    text: str = "",
    arrived: bool = False,
    said: Said | None = None,
    happened_at: datetime | None = None,
) -> Assignment:
    """How it goes, or that they are there. Raises: NotFound, NotAllowed, WrongState, Invalid (says nothing)."""
    if not text.strip() and not arrived:
        raise Invalid(Fault("text", _("say how it goes"), text))
    return _take(assignment, _Answer("progress", said, text=text, arrived=arrived, happened_at=happened_at), by)


def finish(
    assignment: Assignment, *, by: Actor, result: str, said: Said | None = None, happened_at: datetime | None = None
) -> Assignment:
    """It is done. Raises: NotFound, NotAllowed, WrongState, Invalid (no result)."""
    if not result.strip():
        raise Invalid(Fault("result", _("say what came of it"), result))
    return _take(assignment, _Answer("finish", said, text=result, happened_at=happened_at), by)


def is_receiver(by: Actor, assignment: Assignment) -> bool:
    """Whether the order was given to this actor's unit, to one of its teams, or to the person."""
    to = assignment.to
    if assignment.to_id in (by.unit_id, by.person_id):
        return True
    return to.kind == "team" and to.unit_id is not None and to.unit_id == by.unit_id


def commands(by: Actor, assignment: Assignment) -> bool:
    """Whether the actor stands on the side that gave the order: the unit itself, or one above it."""
    if by.is_system or (by.unit_id is not None and by.unit_id == assignment.issuer_id):
        return True
    return assignment.issuer is not None and by.holds(assignment.issuer.region.path)


def _stands_above(by: Actor, assignment: Assignment) -> bool:
    """Whether the actor's block holds the receiver's unit. A county's team that is merely based there has another."""
    to = assignment.to
    return by.holds(to.block if to.unit is None else to.unit.region.path)


@dataclass(frozen=True, slots=True)
class _Answer:
    verb: str
    said: Said | None
    text: str = ""
    eta_minutes: int | None = None
    later: bool = False
    arrived: bool = False
    happened_at: datetime | None = None


@transaction.atomic
def _take(assignment: Assignment, answer: _Answer, by: Actor) -> Assignment:
    require(by, "assignments.answer", assignment)
    Assignment.objects.lock(assignment)  # the same answer may come twice at once
    said = answer.said or Said(Way.MACHINE if by.is_machine else Way.PAGE)
    if said.key is not None and (known := Answer.objects.filter(key=said.key).first()) is not None:
        return Assignment.objects.select_related("record", "about", "to").get(pk=known.assignment_id)
    held, state = begin(assignment, answer.verb, "assignments.answer", by=by, happened_at=answer.happened_at)
    way = _way(held, said, by)
    text = text_within("text", answer.text)
    now = timezone.now()
    at = answer.happened_at or now
    Answer.objects.create(
        assignment=held,
        verb=answer.verb,
        way=way,
        key=said.key,
        name=said.name[:200],
        eta_minutes=answer.eta_minutes,
        later=answer.later,
        arrived=answer.arrived,
        text=text,
        happened_at=at,
        recorded_at=now,
    )
    _change(held, state, answer, at)
    held.steps.filter(done_at__isnull=True).update(done_at=now)
    tell(
        {"acknowledge": "acknowledged", "decline": "declined", "progress": "progressed", "finish": "finished"}[
            answer.verb
        ],
        held,
        by,
        happened_at=answer.happened_at,
        public={"way": way}
        | ({"eta": answer.eta_minutes} if answer.eta_minutes is not None else {})
        | ({"later": True} if answer.later else {})
        | ({"arrived": True} if answer.arrived else {}),
        private={"name": said.name, "text": text},
    )
    return held


def _way(held: Assignment, said: Said, by: Actor) -> Way:
    """Who is not the receiver writes down what the receiver said, and may do so for orders of the own side."""
    if said.way in (Way.LINK, Way.SMS) or is_receiver(by, held) or by.is_system:
        return said.way
    if commands(by, held) or _stands_above(by, held):
        return Way.NOTED
    raise NotAllowed(_("This order was given to others; only they, or who issued it, can note an answer."))


def _change(held: Assignment, state: str, answer: _Answer, at: datetime) -> None:
    held.state = state
    held.answered_at = held.answered_at or at
    if answer.verb == "acknowledge":
        held.later = answer.later
        held.expected_at = at + timedelta(minutes=answer.eta_minutes) if answer.eta_minutes is not None else None
    if answer.arrived:
        held.arrived_at = held.arrived_at or at
    held.ended_at = at if answer.verb in ("finish", "decline") else None
    held.save(update_fields=["state", "answered_at", "later", "expected_at", "arrived_at", "ended_at"])
