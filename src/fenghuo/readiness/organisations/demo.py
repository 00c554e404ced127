"""Leading bodies for two street offices of the demo county, with those who stand in; the other towns' are vacant."""

from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.people import SINCE
from fenghuo.kernel.registry.services import add_person, appoint

from .services import set_stand_in

ORDER = 60

TOWNS = ("610118007000", "610118002000")


def load(demo: Demo) -> None:
    with transaction.atomic():
        for code in TOWNS:
            head = _post(demo, code, Role.HEAD, "主任")
            deputy = _post(demo, code, Role.DUTY_LEADER, "副主任")
            set_stand_in(head, deputy, by=SYSTEM)


def _post(demo: Demo, code: str, role: str, title: str) -> Post:
    unit = demo.units[code]
    person = add_person(by=SYSTEM, name=demo.name(), unit=unit, mobile=demo.mobile(), demo=True)
    return appoint(person, by=SYSTEM, unit=unit, role=role, title=title, since=SINCE)
