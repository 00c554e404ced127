"""What the tests of this room share: an incident, an order to a township, its clock turned forward."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.assignments.models import Assignment, Step
from fenghuo.kernel.assignments.receivers import addressees
from fenghuo.kernel.assignments.services import Order, Place, do_due_steps, issue
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.registry.services import add_person, appoint
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import open_incident
from tests.county import SINCE, County

TEXT = "带泵车到草堂营村村口"


def incident(county: County, desk: Actor) -> Incident:
    return open_incident([county.report(figures={"injured": 3})], by=desk)


def staff(unit: Unit, *people: tuple[str, str, str], by: Actor) -> None:
    """(name, mobile, role) each."""
    for name, mobile, role in people:
        person = add_person(by=by, name=name, unit=unit, mobile=mobile)
        appoint(person, by=by, unit=unit, role=role, since=SINCE)


def give(county: County, desk: Actor, *names: str, about: Incident | None = None, **said: Any) -> list[Assignment]:
    """An order to each of these units."""
    keys = [county.units[name].pk for name in names]
    found = addressees(desk, keys)
    text = said.pop("text", TEXT)
    orders = [Order(found[key], text, **said) for key in keys]
    place = Place("草堂营村村口", 34.0439, 108.7108)
    return issue(about or incident(county, desk), orders, by=desk, place=place)


def pass_minutes(minutes: int) -> int:
    """Everything that waits in a chain is due so much sooner; what is due now is done."""
    for step in Step.objects.filter(done_at__isnull=True):
        step.due_at -= timedelta(minutes=minutes)
        step.save(update_fields=["due_at"])
    return do_due_steps(timezone.now())


def last_link(assignment: Assignment) -> str:
    """The secret of the newest link that was sent for this order."""
    sent = Message.objects.filter(record=assignment.pk).exclude(link="").order_by("-pk").first()
    assert sent is not None
    return sent.link.rpartition("/")[2]
