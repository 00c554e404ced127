from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.models import RecordSubject
from fenghuo.kernel.registry.services import change_unit, set_supervision
from fenghuo.readiness.plans.models import Plan, PlanState
from fenghuo.readiness.plans.selectors import editions_of, plans
from fenghuo.readiness.plans.services import (
    archive_plan,
    change_plan,
    create_plan,
    draft_next_edition,
    fall_due,
    restore_plan,
)
from fenghuo.readiness.plans.services.values import review_due, years_after
from tests.county import County

type Make = Callable[..., Plan]


def test_a_plan_has_a_number_of_its_year_and_is_found_by_pinyin(county: County, make: Make) -> None:
    plan = make(name="草堂营村应急预案")
    year = timezone.localdate().year
    assert plan.record.number == f"P-{year}-0001"
    assert make().record.number == f"P-{year}-0002"
    assert plan in plans(county.actor("a"), text="ctyc")


def test_it_falls_due_after_the_years_that_its_kind_says(county: County, make: Make) -> None:
    """PLN24: in principle every 3 years; one made for one occasion never."""
    assert make(kind="unit", unit="school", issued_on=date(2024, 2, 29)).next_due == date(2027, 2, 28)
    assert make(kind="event", unit="a", issued_on=date(2024, 5, 1)).next_due is None
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert review_due("unit", None) is None


def test_a_plan_whose_review_has_passed_is_due_and_a_later_day_puts_it_right(county: County, make: Make) -> None:
    plan = make(filed_on=date(2020, 1, 1))
    assert plan.state == PlanState.DUE  # reckoned from the day of filing: 2023
    changed = change_plan(plan, by=SYSTEM, next_due=years_after(timezone.localdate(), 1))
    assert changed.state == PlanState.FILED
    Plan.objects.filter(pk=plan.pk).update(next_due=date(2023, 1, 1))
    assert fall_due() == 1
    assert fall_due() == 0
    assert Plan.objects.get(pk=plan.pk).state == PlanState.DUE


def test_the_owner_does_not_note_its_own_filing(county: County, make: Make) -> None:
    village, town, day = county.actor("village", "head"), county.actor("a", "clerk"), timezone.localdate()
    plan = make()
    with pytest.raises(Invalid) as refused:
        change_plan(plan, by=village, filed_on=day)
    assert [fault.field for fault in refused.value.faults] == ["filed_on"]
    assert change_plan(plan, by=town, filed_on=day).state == PlanState.FILED
    with pytest.raises(Invalid):
        change_plan(plan, by=town, filed_on=None)
    office = create_plan(by=county.actor("emo"), unit=county.units["emo"], name="总体", kind="general", filed_on=day)
    assert office.state == PlanState.FILED  # it goes up outside of this house


def test_a_neighbour_enters_nothing(county: County) -> None:
    with pytest.raises(NotAllowed):
        create_plan(by=county.actor("b", "clerk"), unit=county.units["a"], name="甲", kind="unit")


def test_bad_input_names_each_field(county: County) -> None:
    with pytest.raises(Invalid) as refused:
        create_plan(
            by=SYSTEM,
            unit=county.units["a"],
            name="长" * 121,
            kind="novel",
            covers=["snow_white"],
            edition=0,
            issued_on=date(2999, 1, 1),
            next_due=date(1900, 1, 1),
            note="\x00",
        )
    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"name", "kind", "covers.0", "edition", "issued_on", "next_due", "note"}
    assert create_plan(by=SYSTEM, unit=county.units["a"], name="长" * 120, kind="special").name == "长" * 120


def test_the_next_edition_replaces_the_one_before_when_it_is_filed(county: County, make: Make) -> None:
    old = make(filed_on=timezone.localdate(), covers=["flood"])
    new = draft_next_edition(old, by=SYSTEM)
    assert (new.edition, new.replaces_id, [row.slug for row in new.covers_rows.all()]) == (2, old.pk, ["flood"])
    assert Plan.objects.get(pk=old.pk).state == PlanState.FILED
    with pytest.raises(WrongState):
        draft_next_edition(old, by=SYSTEM)
    change_plan(new, by=SYSTEM, filed_on=timezone.localdate())
    assert Plan.objects.get(pk=old.pk).state == PlanState.REPLACED
    assert [one.pk for one in editions_of(county.actor("a"), old)] == [new.pk, old.pk]
    with pytest.raises(WrongState):
        draft_next_edition(Plan.objects.get(pk=old.pk), by=SYSTEM)


def test_it_is_seen_by_the_lines_of_its_owner_and_of_its_incidents(county: County, make: Make) -> None:
    plan = make("school", kind="unit", covers=["flood"])
    lines = set(RecordSubject.objects.filter(record=plan.pk).values_list("subject", flat=True))
    assert {"education", "water"} <= lines
    assert plan in plans(county.actor("education", "clerk"))
    assert plan not in plans(county.actor("transport", "clerk"))
    set_supervision(county.units["school"], by=SYSTEM, departments=[("transport", county.units["transport"])])
    assert plan in plans(county.actor("transport", "clerk"))
    assert plan not in plans(county.actor("education", "clerk"))


def test_a_unit_that_moves_takes_its_plans_along(county: County, make: Make) -> None:
    plan = make()
    change_unit(county.units["village"], by=SYSTEM, region=county.regions["b"])
    assert plan in plans(county.actor("b", "clerk"))
    assert plan not in plans(county.actor("a", "clerk"))


def test_archived_and_taken_back(county: County, make: Make) -> None:
    plan = make()
    with pytest.raises(Invalid):
        archive_plan(plan, by=SYSTEM, reason=" ")
    archive_plan(plan, by=SYSTEM, reason="重复录入")
    assert plan not in plans(SYSTEM)
    restore_plan(plan, by=SYSTEM)
    assert plan in plans(SYSTEM)
