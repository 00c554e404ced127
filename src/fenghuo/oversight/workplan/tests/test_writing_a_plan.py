"""Who writes a plan, and what becomes of a target that is changed in mid-year."""

from collections.abc import Callable
from datetime import date

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.measures.asking import Moment
from fenghuo.oversight.workplan.models import PlanState, Target, WorkPlan
from fenghuo.oversight.workplan.selectors import plan_by_number, plan_of, targets_of
from fenghuo.oversight.workplan.services import (
    add_clause,
    add_target,
    change_target,
    copy_forward,
    create_plan,
    drop_plan,
    put_in_force,
    withdraw_clause,
    withdraw_target,
)
from tests.county import County

from .conftest import at, in_force, reading

type Make = Callable[..., Target]


def test_the_emergency_office_writes_it_and_nobody_else(county: County, plan: WorkPlan, target: Make) -> None:
    target()
    for unit in ("a", "psb", "government", "village"):
        with pytest.raises(NotAllowed):
            create_plan(by=county.actor(unit, "head"), unit=county.units[unit], year=plan.year, title="要点")
        with pytest.raises((NotAllowed, NotFound)):
            put_in_force(plan, by=county.actor(unit, "head"))
    with pytest.raises(NotAllowed):
        put_in_force(plan, by=county.actor("emo", "observer"))
    assert put_in_force(plan, by=county.actor("emo", "head")).state == PlanState.IN_FORCE


def test_a_draft_is_its_keepers_and_in_force_it_is_everybodys(county: County, plan: WorkPlan, target: Make) -> None:
    target()
    number = plan.record.number
    with pytest.raises(NotFound):
        plan_by_number(county.actor("village", "head"), number)
    in_force(plan)
    for unit in ("village", "a", "psb", "110"):
        assert plan_by_number(county.actor(unit, "head"), number).pk == plan.pk
    with pytest.raises(NotFound):
        plan_by_number(county.actor("neighbour", "head"), number)


def test_without_targets_it_does_not_come_into_force(plan: WorkPlan) -> None:
    with pytest.raises(Invalid, match="targets"):
        put_in_force(plan, by=SYSTEM)


def test_in_force_a_change_needs_a_reason_and_leaves_the_old_wording_to_its_days(plan: WorkPlan, target: Make) -> None:
    old = target(quota=1)
    in_force(plan)
    with pytest.raises(Invalid, match="reason"):
        change_target(old, by=SYSTEM, quota=3)
    new = change_target(old, by=SYSTEM, quota=3, reason="汛情严峻")
    old.refresh_from_db()
    assert (old.quota, new.quota, new.replaces_id, old.until) == (1, 3, old.pk, new.since)
    plan.refresh_from_db()
    assert [one.pk for one in targets_of(plan, Moment.now())] == [new.pk]
    assert [one.quota for one in targets_of(plan, Moment(at(1, 2), past=True))] == [1]
    text = Entry.objects.get(verb="workplan.target_changed").text
    assert '"quota_from":"1"' in text
    assert '"quota_to":"3"' in text
    with pytest.raises(WrongState):
        change_target(old, by=SYSTEM, quota=4, reason="再改")


def test_a_draft_is_simply_changed(plan: WorkPlan, target: Make) -> None:
    made = target()
    assert change_target(made, by=SYSTEM, quota=2).pk == made.pk
    assert Target.objects.count() == 1


def test_what_is_withdrawn_asks_nothing_any_more(county: County, plan: WorkPlan, target: Make) -> None:
    one = target(title="撤销的")
    other = target(title="留下的")
    in_force(plan)
    withdraw_target(one, by=SYSTEM, reason="上级调整")
    plan.refresh_from_db()
    assert [row.pk for row in targets_of(plan, Moment.now())] == [other.pk]
    withdraw_clause(plan.clauses.get(), by=SYSTEM, reason="机构改革")
    assert targets_of(plan, Moment.now()) == []
    assert len(targets_of(plan, Moment(at(1, 2), past=True))) == 2


def test_a_second_version_of_the_year_replaces_the_first(plan: WorkPlan, target: Make) -> None:
    target()
    in_force(plan)
    second = copy_forward(plan, by=SYSTEM, year=plan.year)
    assert (second.version, second.state) == (2, PlanState.DRAFT)
    put_in_force(second, by=SYSTEM)
    plan.refresh_from_db()
    assert plan.state == PlanState.REPLACED
    now = plan_of(SYSTEM, plan.year, Moment.now())
    then = plan_of(SYSTEM, plan.year, Moment(at(1, 2), past=True))
    assert (now, then) == (second, plan)


def test_copied_forward_days_move_with_the_year(plan: WorkPlan, target: Make) -> None:
    target(title="七月", due=date(plan.year, 7, 31), lead=[plan.record.unit])
    in_force(plan)
    made = copy_forward(plan, by=SYSTEM, year=plan.year + 1)
    (copied,) = targets_of(made)
    assert (copied.due, copied.title, copied.key) == (date(plan.year + 1, 7, 31), "七月", targets_of(plan)[0].key)
    assert str(plan.year + 1) in made.record.title


def test_a_draft_may_be_dropped_and_what_is_in_force_may_not(plan: WorkPlan, target: Make) -> None:
    target()
    other = copy_forward(plan, by=SYSTEM, year=plan.year)
    drop_plan(other, by=SYSTEM)
    in_force(plan)
    with pytest.raises(WrongState):
        drop_plan(plan, by=SYSTEM)


def test_clause_and_key_are_there_once(plan: WorkPlan, target: Make) -> None:
    with pytest.raises(Conflict):
        add_clause(plan, by=SYSTEM, number="3.3", title="再一条")
    made = target(key="hundred")
    with pytest.raises(Conflict):
        add_target(made.clause, by=SYSTEM, key="hundred", title="又一项", kinds=["township"], due=made.due)


def test_a_change_of_the_quota_shows_at_once(county: County, plan: WorkPlan, target: Make) -> None:
    one = target(quota=1)
    in_force(plan)
    assert reading(plan, one, county.units["a"]).quota == 1
    new = change_target(one, by=SYSTEM, quota=2, reason="加码")
    assert reading(plan, new, county.units["a"]).quota == 2
