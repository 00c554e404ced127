"""Odd plans: what is refused names field, value and way out; what may stand is said."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.registry.services import change_unit, create_unit, end_unit, merge_units
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.notices import notices
from fenghuo.oversight.workplan.reckoning import Stand
from fenghuo.oversight.workplan.selectors import matrix, targets_of
from fenghuo.oversight.workplan.services import change_target
from tests.county import County

from .conftest import at, in_force, reading

type Make = Callable[..., Target]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quota": 0}, "quota"),
        ({"weight": 0}, "weight"),
        ({"due": date(1999, 1, 1)}, "due"),
        ({"every": "quarter", "due": date(timezone.localdate().year, 3, 30)}, "due"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["castle"]}, "kinds"),
        ({"lines": ["nothing"]}, "lines"),
        ({"every": "daily"}, "every"),
        ({"options": {"people": "many"}}, "options"),
        ({"options": {"colour": "red"}}, "options"),
        ({"options": {"kind": "general wizards"}}, "options"),
        ({"quota_kind": "percent", "quota": 80}, "quota_kind"),  # teams are counted, they are no share
        ({"measure": "submissions.accepted"}, "options"),  # which kind of paper?
        ({"measure": "plans.covered"}, "quota_kind"),
        ({"measure": "plans.covered", "quota_kind": "percent", "quota": 101}, "quota"),
        ({"title": "  "}, "title"),
    ],
)
def test_refused(target: Make, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        target(**said)
    assert field in {fault.field for fault in refused.value.faults}
    assert Target.objects.count() == 0


def test_in_force_nobody_is_given_a_day_that_has_passed(plan: WorkPlan, target: Make) -> None:
    if timezone.localdate().timetuple().tm_yday < 2:
        pytest.skip("on the first of January no day of the year has passed")
    yesterday = timezone.localdate() - timedelta(days=1)
    target(due=yesterday)  # of a draft it is only said
    said = notices(plan, targets_of(plan), SYSTEM)
    assert any(yesterday.isoformat() in one for one in said)
    in_force(plan)
    with pytest.raises(Invalid, match="due"):
        target(due=yesterday, reason="补")
    kept = Target.objects.get()
    assert change_target(kept, by=SYSTEM, quota=2, reason="不动期限").due == yesterday


def test_a_scope_that_matches_nobody_is_said(plan: WorkPlan, target: Make) -> None:
    target(title="社会组织", kinds=["association"])
    said = notices(plan, targets_of(plan), SYSTEM)
    assert any("社会组织" in one for one in said)


def test_a_unit_founded_in_mid_year_owes_only_what_is_due_afterwards(
    county: County, plan: WorkPlan, target: Make
) -> None:
    early, late = target(due=date(plan.year, 1, 31)), target(due=date(plan.year, 12, 31))
    quarterly = target(
        "submissions.accepted", options={"kind": "exercise_record_up"}, every="quarter", due=date(plan.year, 12, 31)
    )
    in_force(plan)
    made = create_unit(
        by=SYSTEM, code="610118099000", name="新设街道办事处", kind="township", region=county.regions["b"]
    )
    type(made).objects.filter(pk=made.pk).update(valid_from=date(plan.year, 2, 1))
    if timezone.localdate() < date(plan.year, 2, 1):
        pytest.skip("it is not founded yet")
    assert reading(plan, early, made).stand is Stand.FREE
    assert reading(plan, late, made).stand in (Stand.OPEN, Stand.OVERDUE)
    assert reading(plan, quarterly, made).quota == 4
    type(made).objects.filter(pk=made.pk).update(valid_from=date(plan.year, 4, 1))
    if timezone.localdate() >= date(plan.year, 4, 1):
        assert reading(plan, quarterly, made).quota == 3


def test_a_unit_that_ended_or_was_merged_owes_nothing_any_more(county: County, plan: WorkPlan, target: Make) -> None:
    one = target()
    in_force(plan)
    kept, gone = county.units["a"], county.units["b"]
    assert len(matrix(SYSTEM, plan, Moment.now()).rows[0].cells) == 2
    merge_units(kept, gone, by=SYSTEM, choose=dict.fromkeys(("name", "short_name", "phone"), "kept"))
    assert set(matrix(SYSTEM, plan, Moment.now()).rows[0].cells) == {kept.pk}
    other = create_unit(by=SYSTEM, code="610118098000", name="某街道", kind="township", region=county.regions["b"])
    end_unit(other, by=SYSTEM, on=timezone.localdate())
    assert set(matrix(SYSTEM, plan, Moment.now()).rows[0].cells) == {kept.pk}
    assert one.pk == matrix(SYSTEM, plan, Moment.now()).rows[0].target.pk


def test_a_unit_that_became_another_kind_leaves_the_scope(county: County, plan: WorkPlan, target: Make) -> None:
    target()
    in_force(plan)
    change_unit(county.units["b"], by=SYSTEM, kind="institution")
    assert set(matrix(SYSTEM, plan, Moment.now()).rows[0].cells) == {county.units["a"].pk}


def test_a_measure_that_an_upgrade_took_away_is_neither_zero_nor_done(
    county: County, plan: WorkPlan, target: Make
) -> None:
    one = target("gone.with_the_upgrade", quota=1)
    in_force(plan)
    found = reading(plan, one, county.units["a"])
    assert (found.stand, found.percent) == (Stand.UNMEASURED, None)
    row = matrix(SYSTEM, plan, Moment.now()).rows[0]
    assert (row.measured, row.owed, row.done) == (False, [], 0)


def test_before_it_was_in_force_it_asked_nothing(county: County, plan: WorkPlan, target: Make) -> None:
    target()
    plan = in_force(plan)
    assert targets_of(plan, Moment(at(12, 31, year=plan.year - 1), past=True)) == []
