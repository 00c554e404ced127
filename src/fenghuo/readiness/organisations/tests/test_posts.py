from datetime import date
from typing import Any

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.registry.services import appoint
from fenghuo.readiness.organisations.services import enter_person
from tests.county import County
from tests.register_suite import RegisterSuite


class TestPosts(RegisterSuite):
    name = "posts"
    wrong = {"title": "长" * 61, "until": "2019-01-01"}
    new = {"person": "张三", "unit": "610118000000-EMO", "role": "clerk", "since": "2026-01-01", "title": "干事"}

    def make(self, county: County) -> Post:
        person = enter_person(by=SYSTEM, name="欧阳小草", unit=county.units["a"])
        return appoint(person, by=SYSTEM, unit=county.units["a"], role="member", since=date(2026, 1, 1), title="干事")

    def change(self, place: int) -> dict[str, Any]:
        return {"title": f"干事{place}"}
