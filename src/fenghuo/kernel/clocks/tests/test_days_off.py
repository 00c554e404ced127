"""A year whose table is missing is said aloud; when its notice comes, the clocks are reckoned by it, on record."""

from datetime import datetime

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.clocks.models import Clock, DaysOff
from fenghuo.kernel.clocks.rulebook import rules
from fenghuo.kernel.clocks.selectors import clocks_of, waiting_for_tables
from fenghuo.kernel.clocks.services import catch_up, preview_change, rules_with_notice, set_days_off
from fenghuo.kernel.clocks.tests.records import at, make, public, start
from fenghuo.kernel.journal.models import Entry
from tests.county import County

# Invented for the test: nobody knows it yet.
OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日(周五)至12日(周五)放假调休,共8天。1月31日(周日)、2月14日(周日)上班。
三、清明节:4月3日(周六)至5日(周一)放假,共3天。
四、劳动节:5月1日(周六)至5日(周三)放假调休,共5天。4月25日(周日)、5月8日(周六)上班。
五、端午节:6月9日(周三)放假1天,不调休。
六、中秋节:9月15日(周三)放假1天,不调休。
七、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。9月26日(周日)、10月9日(周六)上班。
"""


def filing(county: County, issued: datetime) -> Clock:
    return start(make(county), "plan", {"issued": issued}, "central")["P6-central"]


def test_without_the_table_a_deadline_is_the_earliest_and_says_so(county: County) -> None:
    clock = filing(county, at("2026-12-18T10:00"))
    assert clock.missing_year == 2027
    assert clock.due_at == at("2027-01-12T00:00")  # 9 days worked in 2026, then 11 days whatever they are
    (shown,) = clocks_of([clock.record_id], county.actor("emo"))
    assert "2027" in shown.until
    assert not shown.late
    assert waiting_for_tables() == {2027: 1}


def test_nothing_is_late_by_a_moment_that_is_only_the_earliest(county: County) -> None:
    clock = filing(county, at("2019-06-01T10:00"))
    assert (clock.missing_year, clock.due_at < timezone.now()) == (2019, True)
    (shown,) = clocks_of([clock.record_id], county.actor("emo"))
    assert not shown.late


def test_the_notice_sets_the_clocks_right_on_record(county: County) -> None:
    waiting, within = filing(county, at("2026-12-18T10:00")), filing(county, at("2026-11-02T10:00"))
    assert within.missing_year is None
    admin = county.actor("emo", "administrator")
    (shown,) = preview_change(rules(), rules_with_notice(OF_2027))
    assert (shown.clock, shown.due_after, shown.missing_year) == (waiting.pk, at("2027-01-19T00:00"), None)
    table = set_days_off(OF_2027, by=admin)
    assert (table.year, table.number) == (2027, "国办发明电〔2026〕9号")
    waiting.refresh_from_db()
    # December 21–25, 28–31: 9; January 4–8: 14, 11–15: 19, 18: 20
    assert (waiting.due_at, waiting.missing_year) == (at("2027-01-19T00:00"), None)
    entry = Entry.objects.get(verb="clock.moved")
    assert public(entry)["why"] == "days_off"
    assert public(Entry.objects.get(verb="clock.days_off_set"))["year"] == 2027
    # January 26–29, the Sunday 31, February 1–4: 9; off 5–12; the Sunday 14, 15–19, 22–26: 20
    assert filing(county, at("2027-01-25T10:00")).due_at == at("2027-02-27T00:00")


def test_a_second_notice_takes_the_place_of_the_first(county: County) -> None:
    clock = filing(county, at("2026-12-18T10:00"))
    set_days_off(OF_2027, by=SYSTEM)
    set_days_off(OF_2027.replace("1月31日(周日)、", "1月10日(周日)、"), by=SYSTEM)
    clock.refresh_from_db()
    assert clock.due_at == at("2027-01-16T00:00")  # the Sunday 10 is worked now: 15 is the twentieth
    assert DaysOff.objects.count() == 1


def test_a_shipped_year_may_be_replaced_too(county: County) -> None:
    assert not rules().calendar.is_working(at("2026-10-07T00:00").date())
    with pytest.raises(Invalid):
        set_days_off("国务院办公厅关于2026年部分节假日安排的通知\n一、元旦:1月1日(周四)放假1天。", by=SYSTEM)
    assert rules().calendar.is_working(at("2026-10-08T00:00").date())


@pytest.mark.parametrize(
    ("was", "said", "named"),
    [
        ("共8天", "共7天", "春节"),
        ("(周日)上班", "(周六)上班", "2月14日"),
        ("六、中秋节:9月15日(周三)放假1天,不调休。\n", "", "中秋"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_and_nothing_is_stored(
    county: County, was: str, said: str, named: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_days_off(OF_2027.replace(was, said), by=county.actor("emo", "administrator"))
    assert any(named in str(fault.given) for fault in refused.value.faults)
    assert {fault.field for fault in refused.value.faults} == {"notice"}
    assert not DaysOff.objects.exists()


def test_only_the_administrator_may(county: County) -> None:
    with pytest.raises(NotAllowed):
        set_days_off(OF_2027, by=county.actor("emo", "head"))


def test_what_was_left_half_done_is_caught_up(county: County) -> None:
    clock = filing(county, at("2026-12-18T10:00"))
    assert catch_up() == 0
    set_days_off(OF_2027, by=SYSTEM)
    Clock.objects.filter(pk=clock.pk).update(missing_year=2027, due_at=clock.due_at)  # as before the notice
    assert catch_up() == 1
    clock.refresh_from_db()
    assert clock.due_at == at("2027-01-19T00:00")
    assert catch_up() == 0


def test_days_before_the_table_ends_are_not_touched(county: County) -> None:
    clock = filing(county, at("2026-11-02T10:00"))
    due = clock.due_at
    set_days_off(OF_2027, by=SYSTEM)
    clock.refresh_from_db()
    assert clock.due_at == due == at("2026-12-01T00:00")
