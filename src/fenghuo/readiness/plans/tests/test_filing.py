"""Filing through the kernel's papers: a village with its township, an enterprise with two in one act."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.models import Supervision
from fenghuo.kernel.documents.services import stage
from fenghuo.kernel.submissions.courses import courses_of
from fenghuo.kernel.submissions.kinds import registered, rules
from fenghuo.kernel.submissions.models import Remark, State, Submission
from fenghuo.kernel.submissions.services import Said, accept, answer_remark, resubmit, return_, withdraw
from fenghuo.kernel.web.today import items_for
from fenghuo.readiness.plans.demo_paper import paper
from fenghuo.readiness.plans.models import Duty, Plan, PlanState
from fenghuo.readiness.plans.selectors import plans
from fenghuo.readiness.plans.services import attach_paper, file_plan, name_paper, set_unit_profile
from fenghuo.readiness.plans.services.submitting import filing_rules, lacking_items, settle
from fenghuo.standards.plan_duties import plan_duties
from fenghuo.standards.plan_kinds import PLAN_KINDS
from tests.county import County

type Make = Callable[..., Plan]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def with_paper(plan: Plan) -> Plan:
    attach_paper(plan, stage(ContentFile(paper(plan.name)).chunks(), "预案.pdf"), by=SYSTEM)
    return plan


def state(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


def covered(county: County, unit: str) -> str:
    return Duty.objects.get(unit=county.units[unit]).state


def test_the_rules_name_kinds_of_paper_that_there_are() -> None:
    named = {kind for duty in plan_duties().values() for kind in duty.files_as}
    named |= {kind for one in PLAN_KINDS.values() for kind in one.files_as}
    assert named <= set(rules().ids())
    assert named <= set(registered())


def test_a_village_files_with_its_township(county: County, make: Make) -> None:
    plan, head, clerk = with_paper(make()), county.actor("village", "head"), county.actor("a", "clerk")
    (course,) = file_plan(plan, by=head)
    assert course.receiver == county.units["a"]
    assert (state(plan), covered(county, "village")) == (PlanState.DRAFTED, "drafted")
    accept(course, by=clerk)
    assert (state(plan), covered(county, "village")) == (PlanState.FILED, "filed")
    filed = Plan.objects.get(pk=plan.pk)
    assert filed.filed_on is not None
    assert filed.next_due is not None
    assert filed.next_due.year == filed.filed_on.year + 3


def test_an_enterprise_is_filed_when_both_have_accepted_one_of_them_after_a_correction(
    county: County, make: Make
) -> None:
    plan, owner = with_paper(make("enterprise", kind="unit")), county.actor("enterprise", "clerk")
    courses = {one.receiver.name: one for one in file_plan(plan, by=owner) if one.receiver is not None}
    assert set(courses) == {"草堂街道办事处", "鄠邑区交通运输局"}
    assert len({one.act for one in courses.values()}) == 1
    town, department = county.actor("a", "clerk"), county.actor("transport", "clerk")
    assert plan in plans(department)
    accept(courses["草堂街道办事处"], by=town)
    assert (state(plan), covered(county, "enterprise")) == (PlanState.DRAFTED, "drafted")
    other = courses["鄠邑区交通运输局"]
    return_(other, by=department, reason="请补充", remarks=[Said("缺应急通讯录", "issued_text")])
    said = Remark.objects.get(round__submission=other)
    answer_remark(other, said.pk, by=owner, text="已补充")
    resubmit(other, by=owner)
    assert state(plan) == PlanState.DRAFTED
    accept(other, by=department)
    assert (state(plan), covered(county, "enterprise")) == (PlanState.FILED, "filed")


def test_a_dangerous_one_files_with_the_safety_authority_too(county: County, make: Make) -> None:
    set_unit_profile(county.units["enterprise"], by=SYSTEM, size="", above_scale=None, dangers=["hazardous"])
    plan = with_paper(make("enterprise", kind="unit"))
    assert [rule.id for rule in filing_rules(plan)] == ["plan_unit_block", "plan_unit_line", "safety_plan_office"]
    owner = county.actor("enterprise", "clerk")
    assert lacking_items(plan) == ["filing_form", "risk_and_resources"]
    with pytest.raises(Invalid) as refused:
        file_plan(plan, by=owner)
    assert "enclosed" in [fault.field for fault in refused.value.faults]
    form = attach_paper(plan, stage(ContentFile(paper("申报表")).chunks(), "申报表.pdf"), by=owner)
    name_paper(plan, form, by=owner, item="filing_form")
    assert lacking_items(plan) == ["risk_and_resources"]
    made = file_plan(plan, by=owner, on_paper=["risk_and_resources"])
    assert {one.receiver.name for one in made if one.receiver is not None} == {
        "草堂街道办事处",
        "鄠邑区交通运输局",
        "鄠邑区应急管理局",
    }


def test_without_a_paper_nothing_goes_up(county: County, make: Make) -> None:
    with pytest.raises(Invalid):
        file_plan(make(), by=county.actor("village", "head"))
    assert not Submission.objects.exists()


def test_filing_twice_names_the_number_under_which_it_went(county: County, make: Make) -> None:
    plan, head = with_paper(make()), county.actor("village", "head")
    (course,) = file_plan(plan, by=head)
    with pytest.raises(Conflict, match=course.record.number):
        file_plan(plan, by=head)
    accept(course, by=county.actor("a", "clerk"))
    with pytest.raises((WrongState, Conflict)):
        file_plan(plan, by=head)


def test_only_the_owner_sends_it(county: County, make: Make) -> None:
    with pytest.raises(NotAllowed):
        file_plan(with_paper(make()), by=county.actor("a", "clerk"))


def test_a_unit_without_a_supervising_department_leaves_a_gap_that_is_said(county: County, make: Make) -> None:
    Supervision.objects.filter(unit=county.units["enterprise"]).delete()
    plan, owner = with_paper(make("enterprise", kind="unit")), county.actor("enterprise", "clerk")
    with pytest.raises(Invalid, match="鄠邑区应急管理局"):
        file_plan(plan, by=owner)
    made = file_plan(plan, by=owner, partly=True)
    assert sorted(one.state for one in made) == [State.GAP, State.SUBMITTED]
    accept(next(one for one in made if one.state == State.SUBMITTED), by=county.actor("a", "clerk"))
    assert state(plan) == PlanState.DRAFTED  # the gap is still open


def test_what_was_withdrawn_does_not_file_it(county: County, make: Make) -> None:
    plan, head = with_paper(make()), county.actor("village", "head")
    (course,) = file_plan(plan, by=head)
    withdraw(course, by=head, reason="还要改")
    assert state(plan) == PlanState.DRAFTED
    with pytest.raises(WrongState):
        accept(Submission.objects.get(pk=course.pk), by=county.actor("a", "clerk"))
    (again,) = file_plan(plan, by=head)
    accept(again, by=county.actor("a", "clerk"))
    assert state(plan) == PlanState.FILED


def test_the_next_edition_replaces_the_old_one_when_it_is_accepted(county: County, make: Make) -> None:
    old = make(filed_on=timezone.localdate())
    new = with_paper(make(replaces=old))
    (course,) = file_plan(new, by=county.actor("village", "head"))
    assert state(old) == PlanState.FILED
    accept(course, by=county.actor("a", "clerk"))
    assert (state(old), state(new), covered(county, "village")) == (PlanState.REPLACED, PlanState.FILED, "filed")


def test_a_kind_that_no_rule_files_says_so(county: County, make: Make) -> None:
    plan = with_paper(make("village", kind="event"))
    with pytest.raises(Invalid) as refused:
        file_plan(plan, by=county.actor("village", "head"))
    assert [fault.field for fault in refused.value.faults] == ["kind"]


def test_it_bears_being_settled_twice(county: County, make: Make) -> None:
    plan, by = with_paper(make()), county.actor("a", "clerk")
    (course,) = file_plan(plan, by=county.actor("village", "head"))
    accept(course, by=by)
    before = Plan.objects.get(pk=plan.pk).record.version
    settle(plan.record, courses_of([plan.pk])[plan.pk], by, timezone.now())
    assert Plan.objects.get(pk=plan.pk).record.version == before


def test_what_lies_with_the_township_is_no_task_of_the_village(county: County, make: Make) -> None:
    plan, head = with_paper(make()), county.actor("village", "head")
    assert any("/plans/quick/" in item.url for item in items_for(head))
    (course,) = file_plan(plan, by=head)
    assert not any("/plans/quick/" in item.url for item in items_for(head))
    withdraw(course, by=head, reason="误报")
    assert any("/plans/quick/" in item.url for item in items_for(head))
