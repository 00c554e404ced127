"""issue: orders go out, one or a hundred at a time, each with its chain of those who are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid
from fenghuo.kernel.access.given import AHEAD
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, RecordSubject, Share
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_numbers

from ..chain import chain_for
from ..models import Assignment, Step
from ..receivers import Addressee
from ..states import OPEN
from .asking import ask

MOST_AT_ONCE = 200
MOST_TEXT = 1500  # characters; the message has room for the answers and the link beside it
ASSIGNED = "assigned"


@dataclass(frozen=True, slots=True)
class Order:
    """What one receiver is to do. `travel_minutes`: how long the way takes, `travel_estimate` if only reckoned."""

    to: Addressee
    text: str
    due_at: datetime | None = None
    needs_ack: bool = True
    travel_minutes: int | None = None
    travel_estimate: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go; WGS 84 degrees."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def issue(
    about: models.Model,
    orders: Sequence[Order],
    *,
    by: Actor,
    place: Place | None = None,
    happened_at: datetime | None = None,
) -> list[Assignment]:
    """Give orders about a record. They are on record, and the first of each chain is being asked, when it returns.

    `happened_at`: when they were given by word of mouth, for what is entered afterwards.
    Raises: NotFound, NotAllowed, Invalid, Conflict (a receiver has this very order already).
    """
    require(by, "assignments.issue", about)
    given_at = happened_at or timezone.now()
    place = place or Place()
    subject = Record.objects.select_related("region").get(pk=about.pk)
    _check(subject, orders, happened_at)
    made = _records(subject, orders, by, given_at)
    assignments = [
        Assignment(
            record=made_record,
            about=subject,
            to_id=order.to.record_id,
            to_name=order.to.name[:200],
            issued_by_id=by.post_id,
            issuer_id=by.unit_id,
            text=order.text.strip(),
            place=place.address[:500],
            latitude=place.latitude,
            longitude=place.longitude,
            travel_minutes=order.travel_minutes,
            travel_estimate=order.travel_estimate,
            due_at=order.due_at,
            needs_ack=order.needs_ack,
            issued_at=given_at,
        )
        for made_record, order in zip(made, orders, strict=True)
    ]
    Assignment.objects.bulk_create(assignments)
    _give_sight(subject, assignments, orders)
    steps = [step for one, order in zip(assignments, orders, strict=True) for step in _steps(one, order)]
    Step.objects.bulk_create(steps)
    people = {order.to.record_id for order in orders if order.to.person_id is not None}
    record(
        "assignment.issued",
        by,
        about=[subject, *assignments],
        happened_at=happened_at,
        public={
            "orders": [one.record.number for one in assignments],
            "to": [one.to_name for one in assignments if one.to_id not in people],
            "people": len(people),
        },
        private={"text": {one.record.number: one.text for one in assignments}},
    )
    ask([step for step in steps if step.due_at <= timezone.now()], by=by)
    return assignments


def _check(subject: Record, orders: Sequence[Order], happened_at: datetime | None) -> None:
    faults = []
    if not orders or len(orders) > MOST_AT_ONCE:
        said = _("name at least one receiver and at most %(most)s") % {"most": MOST_AT_ONCE}
        faults.append(Fault("to", said, len(orders)))
    if any(not order.text.strip() for order in orders):
        faults.append(Fault("text", _("say what is to be done"), ""))
    if any(len(order.text) > MOST_TEXT for order in orders):
        faults.append(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST_TEXT}))
    if any(order.due_at is not None and order.due_at <= timezone.now() for order in orders):
        faults.append(Fault("due", _("lies in the past")))
    if happened_at is not None and happened_at > timezone.now() + AHEAD:
        faults.append(Fault("happened_at", _("lies in the future"), happened_at.isoformat()))
    if faults:
        raise Invalid(*faults)
    receivers = [order.to.record_id for order in orders]
    standing = Assignment.objects.filter(about=subject, to__in=receivers, state__in=OPEN).select_related("record")
    texts = {(order.to.record_id, order.text.strip()) for order in orders}
    if len(texts) < len(orders):
        raise Invalid(Fault("to", _("names the same receiver twice with the same order")))
    for one in standing:
        if (one.to_id, one.text) in texts:
            raise Conflict(
                _("%(to)s has this order already: %(number)s.") % {"to": one.to_name, "number": one.record.number}
            )


def _records(subject: Record, orders: Sequence[Order], by: Actor, at: datetime) -> list[Record]:
    """One Record each: in the block and of the lines of what it is about, owned by who issues it."""
    numbers = take_numbers("assignment", "T", timezone.localdate(at), len(orders))
    made = [
        Record(
            kind="assignment",
            number=number,
            # The title of what it is about, and nobody's name: titles are shown widely.
            title=(subject.title if order.to.person_id else f"{order.to.name}: {subject.title}")[:200],
            unit_id=by.unit_id or subject.unit_id,
            region=subject.region,
            block=subject.block,
            exercise=subject.exercise,
            demo=subject.demo or by.demo,
        )
        for number, order in zip(numbers, orders, strict=True)
    ]
    Record.objects.bulk_create(made)
    lines = list(RecordSubject.objects.filter(record=subject).values_list("subject", flat=True))
    RecordSubject.objects.bulk_create([RecordSubject(record=one, subject=line) for one in made for line in lines])
    return made


def _give_sight(subject: Record, assignments: Sequence[Assignment], orders: Sequence[Order]) -> None:
    """Receivers see the order; units also what it is about, so that all work from one picture."""
    shares = []
    for one, order in zip(assignments, orders, strict=True):
        if order.to.person_id is not None:
            shares.append(Share(record_id=one.pk, person_id=order.to.person_id, why=ASSIGNED))
        elif order.to.unit_id is not None:
            shares.append(Share(record_id=one.pk, unit_id=order.to.unit_id, why=ASSIGNED))
    units = {order.to.unit_id for order in orders if order.to.person_id is None and order.to.unit_id is not None}
    shares += [Share(record=subject, unit_id=unit, why=ASSIGNED) for unit in sorted(units)]
    Share.objects.bulk_create(shares, ignore_conflicts=True)


def _steps(assignment: Assignment, order: Order) -> list[Step]:
    start = max(assignment.issued_at, timezone.now())  # an order that is entered afterwards is asked about from now on
    return [
        Step(
            assignment=assignment,
            place=place,
            kind=planned.kind,
            due_at=planned.due_at if place else assignment.issued_at,
            name=planned.contact.name if planned.contact else "",
            person_id=planned.contact.person_id if planned.contact else None,
            phone=planned.contact.phone if planned.contact else "",
            email=planned.contact.email if planned.contact else "",
        )
        for place, planned in enumerate(chain_for(order.to.contacts, start, needs_ack=order.needs_ack))
    ]
