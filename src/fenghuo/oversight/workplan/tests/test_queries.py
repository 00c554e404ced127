"""The whole matrix costs as many queries for forty targets as for one, and for many units as for few."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.registry.services import create_region, create_unit
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from fenghuo.oversight.workplan.selectors import matrix, plan_of
from fenghuo.oversight.workplan.services import load_plan, put_in_force
from tests.county import County

from .conftest import at

MOST = 12


@pytest.fixture
def seeded(county: County) -> WorkPlan:
    """The seed plan, also with targets of the departments that the small county lacks."""
    loaded = load_plan(seed_text(), by=SYSTEM, unit=county.units["emo"], year=timezone.localdate().year)
    return put_in_force(loaded.plan, by=SYSTEM, happened_at=at(1, 1, 0))


def queries(actor: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        plan = plan_of(actor, None, Moment.now())
        assert plan is not None
        found = matrix(actor, plan, Moment.now())
    assert len(found.rows) == Target.objects.count()
    return len(asked)


@pytest.mark.parametrize("unit", ["emo", "a", "psb", "village", ""])
def test_at_most_twelve_whoever_asks(county: County, seeded: WorkPlan, unit: str) -> None:
    assert queries(county.actor(unit, "head") if unit else SYSTEM) <= MOST


def test_no_more_for_more_units(county: County, seeded: WorkPlan) -> None:
    before = queries(SYSTEM)
    for number in range(20):
        region = create_region(
            by=SYSTEM,
            code=f"6101180{50 + number}000",
            name=f"镇{number}",
            level="town",
            parent=county.regions["county"],
        )
        create_unit(by=SYSTEM, code=region.code, name=f"镇{number}", kind="township", region=region)
    assert Unit.objects.filter(kind="township").count() >= 22
    assert queries(SYSTEM) == before


def test_a_changed_record_shows_at_the_next_look(county: County, seeded: WorkPlan) -> None:
    from fenghuo.readiness.teams.services import create_team

    def done() -> int:
        rows = {row.target.key: row for row in matrix(SYSTEM, seeded, Moment.now()).rows}
        return rows["3.3-hundred"].done

    assert done() == 0
    create_team(by=SYSTEM, unit=county.units["a"], name="综合应急队", kind="general", people=100)
    assert done() == 1
