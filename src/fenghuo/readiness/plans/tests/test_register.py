from itertools import count
from typing import Any

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.plans.models import Plan
from fenghuo.readiness.plans.services import create_plan
from tests.county import County
from tests.register_suite import RegisterSuite

_serial = count(1)


class TestPlans(RegisterSuite):
    name = "plans"
    wrong = {"name": "", "issued_on": "last year", "next_due": "2300-01-01"}
    new = {"name": "草堂街道防汛应急预案", "kind": "grassroots", "unit": "610118007000", "issued_on": "2025-05-12"}

    def make(self, county: County) -> Plan:
        name = f"草堂街道应急预案{next(_serial)}"
        return create_plan(by=SYSTEM, unit=county.units["a"], name=name, kind="grassroots", covers=["flood"])

    def change(self, place: int) -> dict[str, Any]:
        return {"approved_by": f"街道办事处主任办公会 {place}"}
