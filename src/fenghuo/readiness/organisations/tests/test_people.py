from typing import Any

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Person
from fenghuo.readiness.organisations.services import enter_person
from tests.county import County
from tests.register_suite import RegisterSuite


class TestPeople(RegisterSuite):
    name = "people"
    wrong = {"mobile": "no telephone", "name": "", "email": "a@b", "unit": "没有这个单位"}
    new = {"name": "孙七", "unit": "610118007000", "title": "应急专干", "mobile": "13800000007"}

    def make(self, county: County) -> Person:
        return enter_person(by=SYSTEM, name="欧阳小草", unit=county.units["a"], title="干事", mobile="13900000001")

    def change(self, place: int) -> dict[str, Any]:
        return {"mobile": f"139000001{place:02}", "title": f"干事{place}"}
