"""The small county, with a committee, a community, an enterprise and a school in town a, and plans of theirs."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services import create_unit, set_supervision
from fenghuo.readiness.plans.models import Plan
from fenghuo.readiness.plans.services import create_plan
from tests.county import County
from tests.register_suite import sign_in as sign_in

_serial = count(1)


@pytest.fixture
def county(county: County) -> County:
    """More units, by name: community, enterprise, school; the last two with their supervising departments."""
    for name, code, title, kind in (
        ("community", "610118007001", "西街社区居委会", "committee"),
        ("enterprise", "91610118TEST00001A", "草堂化工有限公司", "enterprise"),
        ("school", "12610118TEST00002A", "草堂小学", "school"),
    ):
        county.units[name] = create_unit(by=SYSTEM, code=code, name=title, kind=kind, region=county.regions["a"])
    for name, subject, department in (
        ("enterprise", "transport", "transport"),
        ("school", "education", "education"),
    ):
        rows = [(subject, county.units[department])]
        set_supervision(county.units[name], by=SYSTEM, departments=rows, main=subject)
    return county


@pytest.fixture
def make(county: County) -> Callable[..., Plan]:
    """make("village", name=…): a plan of that unit, a grassroots one unless said otherwise."""

    def made(unit: str | Unit = "village", **said: Any) -> Plan:
        owner = county.units[unit] if isinstance(unit, str) else unit
        values: dict[str, Any] = {"name": f"应急预案{next(_serial)}", "kind": "grassroots", **said}
        return create_plan(by=SYSTEM, unit=owner, **values)

    return made
