"""The small county with a plan: a clause 3.3 in force since the first of January, and what may be asked of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment
from fenghuo.oversight.workplan.models import Clause, Target, WorkPlan
from fenghuo.oversight.workplan.reckoning import Reading
from fenghuo.oversight.workplan.selectors import matrix
from fenghuo.oversight.workplan.services import add_clause, add_target, create_plan, put_in_force
from tests.county import County
from tests.register_suite import sign_in as sign_in


def at(month: int, day: int, hour: int = 10, *, year: int | None = None) -> datetime:
    """In the year of the plan, the present one unless said otherwise."""
    moment = datetime.combine(date(year or timezone.localdate().year, month, day), time(hour))
    return timezone.make_aware(moment)


@pytest.fixture
def plan(county: County) -> WorkPlan:
    """A draft of this year with one clause."""
    year = timezone.localdate().year
    made = create_plan(by=SYSTEM, unit=county.units["emo"], year=year, title=f"{year}年工作要点")
    add_clause(made, by=SYSTEM, number="3.3", title="加强应急队伍建设", text="不少于100人")
    return made


@pytest.fixture
def target(plan: WorkPlan) -> Callable[..., Target]:
    """target(measure, …): a target of the clause for both townships, due at the year's end unless said otherwise."""

    def made(measure: str = "teams.registered", **said: Any) -> Target:
        clause = Clause.objects.select_related("plan__record__unit", "plan__region").get(plan=plan)
        values: dict[str, Any] = {"title": "指标", "kinds": ["township"], "due": date(plan.year, 12, 31), **said}
        return add_target(clause, by=SYSTEM, measure=measure, **values)

    return made


def in_force(plan: WorkPlan) -> WorkPlan:
    """Since the first of January."""
    return put_in_force(plan, by=SYSTEM, happened_at=at(1, 1, 0))


def reading(plan: WorkPlan, target: Target, unit: Unit, moment: Moment | None = None) -> Reading:
    """How it stands for this unit, as the matrix says."""
    plan.refresh_from_db()
    for row in matrix(SYSTEM, plan, moment or Moment.now()).rows:
        if row.target.pk == target.pk:
            return row.cells[unit.pk].reading
    raise AssertionError("the target is not in the matrix")
