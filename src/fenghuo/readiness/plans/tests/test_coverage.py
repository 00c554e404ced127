from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.services import change_unit, create_unit, end_unit
from fenghuo.readiness.plans.duties.daily import keep_day
from fenghuo.readiness.plans.duties.rebuilding import catch_up, is_up_to_date, rebuild_duties
from fenghuo.readiness.plans.models import CoverageDay, Duty, DutyState, Plan
from fenghuo.readiness.plans.selectors.coverage import coverage, lacking
from fenghuo.readiness.plans.selectors.trend import trend
from fenghuo.readiness.plans.services import archive_plan, draft_next_edition, set_unit_profile
from fenghuo.standards.plan_duties import COLUMNS
from tests.county import County

type Make = Callable[..., Plan]
OLD = {"filed_on": date(2015, 1, 1), "next_due": date(2018, 1, 1)}


def state_of(county: County, unit: str) -> list[tuple[str, str, str]]:
    rows = Duty.objects.filter(unit=county.units[unit]).order_by("plan_kind")
    return [(row.who, row.plan_kind, row.state) for row in rows]


def test_who_must_have_which_plan_follows_from_what_they_are(county: County) -> None:
    assert state_of(county, "village") == [("village", "grassroots", "none")]
    assert state_of(county, "community") == [("community", "grassroots", "none")]
    assert state_of(county, "enterprise") == [("enterprise", "unit", "none")]
    assert state_of(county, "a") == [("township", "grassroots", "none")]
    assert state_of(county, "emo") == []


def test_the_best_plan_counts(county: County, make: Make) -> None:
    drafted = make()
    assert state_of(county, "village") == [("village", "grassroots", "drafted")]
    make(**OLD)
    assert state_of(county, "village") == [("village", "grassroots", "due")]
    filed = make(filed_on=timezone.localdate())
    assert state_of(county, "village") == [("village", "grassroots", "filed")]
    make(kind="event")
    archive_plan(filed, by=SYSTEM, reason="误录")
    assert Duty.objects.get(unit=county.units["village"]).plan is not None
    assert state_of(county, "village") == [("village", "grassroots", "due")]
    assert drafted.record.unit == county.units["village"]


def test_while_the_next_edition_is_drafted_the_one_before_still_counts(county: County, make: Make) -> None:
    draft_next_edition(make(filed_on=timezone.localdate()), by=SYSTEM)
    assert state_of(county, "village") == [("village", "grassroots", "filed")]


def test_an_enterprises_dangers_add_a_rule_and_no_second_plan(county: County) -> None:
    set_unit_profile(
        county.units["enterprise"], by=SYSTEM, size="small", above_scale=True, dangers=["hazardous", "crowded"]
    )
    duty = Duty.objects.get(unit=county.units["enterprise"])
    assert duty.rules == "enterprise enterprise-danger"


def test_a_unit_that_ends_or_becomes_another_kind_owes_otherwise(county: County, make: Make) -> None:
    make("school", kind="unit", filed_on=timezone.localdate())
    change_unit(county.units["school"], by=SYSTEM, kind="association")
    assert state_of(county, "school") == []
    change_unit(county.units["school"], by=SYSTEM, kind="institution")
    assert state_of(county, "school") == [("institution", "unit", "filed")]
    end_unit(county.units["school"], by=SYSTEM, on=timezone.localdate())
    assert state_of(county, "school") == []


def test_the_matrix_by_place_and_line(county: County, make: Make) -> None:
    make(filed_on=timezone.localdate())
    make("school", kind="unit", **OLD)
    found = coverage(county.actor("emo"))
    towns = {region.name if region else "": (cells, whole) for region, cells, whole in found.towns}
    cells, whole = towns["草堂街道"]
    assert (cells["village"].filed, cells["village"].asked, cells["village"].percent) == (1, 1, 100)
    assert (cells["school"].due, cells["school"].percent) == (1, 0)
    assert (whole.asked, whole.filed, whole.lacking) == (5, 1, 4)  # village, community, enterprise, school, town
    assert (found.entries.asked, found.entries.filed) == (4, 1)
    assert [(subject, whole.asked) for subject, _cells, whole in found.lines] == [("transport", 1), ("education", 1)]
    assert "department" in towns[""][0]


def test_each_sees_their_own(county: County) -> None:
    def asked(unit: str, role: str = "clerk") -> dict[str, int]:
        return {who: cell.asked for who, cell in coverage(county.actor(unit, role)).total.items()}

    assert asked("a") == {"village": 1, "community": 1, "enterprise": 1, "school": 1, "township": 1}
    assert asked("b") == {"township": 1}
    assert asked("education") == {"school": 1, "department": 1}
    assert asked("village", "head") == {"village": 1}
    assert asked("neighbour") == {}
    assert asked("emo")["department"] == 3


def test_what_is_lacking_is_narrowed_to_what_the_cell_counts(county: County, make: Make) -> None:
    make()
    by = county.actor("emo")

    def found(**asked: Any) -> list[str]:
        return [row.unit.name for row in lacking(by, **asked)]

    assert found(region="610118007000", who="village") == ["草堂营村村委会"]
    assert found(subject="education") == ["草堂小学"]
    assert found(state="drafted") == ["草堂营村村委会"]
    assert found(state="filed") == []
    assert set(found(region="-")) == {"鄠邑区公安局", "鄠邑区教育局", "鄠邑区交通运输局"}
    assert found(text="化工") == ["草堂化工有限公司"]
    assert found(region="999999000000") == []


def test_the_matrix_costs_the_same_for_more_units(
    county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        region = county.regions["b"]
        create_unit(by=SYSTEM, code=f"91610118MANY{number:05d}A", name=f"厂{number}", kind="enterprise", region=region)
    by = county.actor("emo")
    with django_assert_max_num_queries(4):
        assert coverage(by).whole.asked == 29


def test_other_rules_make_the_duties_anew(county: County, make: Make, settings: Any, tmp_path: Path) -> None:
    rebuild_duties()
    assert is_up_to_date()
    assert catch_up() == 0
    settings.OWN_PLAN_DUTIES = tmp_path / "plan_duties.csv"
    row = "enterprise,enterprise,large,,unit,plan_unit_block,COUNTY,,?,,,大型企业,large ones"
    settings.OWN_PLAN_DUTIES.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    assert not is_up_to_date()
    assert catch_up() > 0
    assert catch_up() == 0
    assert state_of(county, "enterprise") == []
    set_unit_profile(county.units["enterprise"], by=SYSTEM, size="large", above_scale=None, dangers=[])
    assert state_of(county, "enterprise") == [("enterprise", "unit", "none")]


def test_a_day_is_kept_once_and_the_last_point_is_counted_now(county: County, make: Make) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert keep_day(yesterday)
    assert not keep_day(yesterday)
    make(filed_on=timezone.localdate())
    by = county.actor("a")
    assert [(point.asked, point.filed) for point in trend(by, coverage(by).entries)] == [(4, 0), (4, 1)]
    line = county.actor("education", "clerk")
    now = coverage(line).entries
    assert [(point.asked, point.filed) for point in trend(line, now, "education")] == [(1, 0), (1, 0)]
    assert [point.asked for point in trend(county.actor("village"), coverage(by).entries)] == [4]


def test_a_kept_day_equals_the_count_of_that_moment(county: County, make: Make) -> None:
    make(filed_on=timezone.localdate())
    keep_day(timezone.localdate())
    kept = {(row.region.code, row.who): (row.asked, row.filed) for row in CoverageDay.objects.filter(subject="")}
    towns = coverage(SYSTEM).towns
    counted = {
        (region.code if region else "610118000000", who): (cell.asked, cell.filed)
        for region, cells, _whole in towns
        for who, cell in cells.items()
    }
    assert kept == counted


def test_the_kept_states_are_those_of_the_table() -> None:
    assert list(DutyState) == ["filed", "due", "drafted", "none"]
    assert Counter(DutyState.values).most_common(1)[0][1] == 1
