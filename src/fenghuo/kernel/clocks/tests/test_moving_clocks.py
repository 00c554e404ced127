"""Clocks of records that move through three years of holidays, against a walk day by day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.services import meet, settle, start_next
from fenghuo.kernel.clocks.tests.records import XIAN, at, clocks, entry_of, make, public, start
from fenghuo.kernel.journal.models import Entry
from fenghuo.standards.deadlines import Facts
from fenghuo.standards.tests.three_years import after_working_days, midnight
from tests.county import County

moments = st.datetimes(datetime(2024, 2, 1), datetime(2026, 10, 31)).map(lambda moment: moment.replace(tzinfo=XIAN))


@given(issued=moments, moved=moments)
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_plans_clocks_are_due_as_the_walk_says_and_move_with_a_corrected_day(
    county: County, issued: datetime, moved: datetime
) -> None:
    plan = make(county)
    found = start(plan, "plan", {"issued": issued}, "special")
    assert {rule: clock.due_at for rule, clock in found.items()} == {
        "P6-special": after_working_days(issued, 20),
        "P11": after_working_days(issued, 20),
        "P8": midnight(_years_later(issued, 3)),
        "P10": midnight(_years_later(issued, 3)),
    }
    found = start(plan, "plan", {"issued": moved}, "special")
    assert found["P6-special"].due_at == after_working_days(moved, 20)
    assert found["P10"].due_at == midnight(_years_later(moved, 3))
    assert all(clock.missing_year is None for clock in found.values())


def _years_later(moment: datetime, years: int) -> date:
    day = moment.date()
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year + years, day=28)
    return day.replace(year=day.year + years)


def test_a_record_of_before_lives_under_the_older_rule_and_keeps_it(county: County) -> None:
    plan = make(county)
    old = start(plan, "plan", {"issued": at("2023-12-28T10:00")}, "special")
    assert (old["P10"].source, old["P10"].certainty, old["P10"].version) == ("PLN13", "C", "2013-10-25")
    new = start(make(county), "plan", {"issued": at("2024-01-31T00:00")}, "special")
    assert (new["P10"].source, new["P10"].certainty) == ("PLN24", "K")
    # corrected into the time of the newer law, it lives under that
    moved = start(plan, "plan", {"issued": at("2024-02-01T10:00")}, "special")
    assert moved["P10"].version == "2024-01-31"


@pytest.mark.parametrize("count", [1, 40])
def test_daily_rounds_follow_each_other_without_gaps(county: County, count: int) -> None:
    record = make(county)
    (round_,) = start(record, "loss_statistics", {"occurred": at("2026-05-12T10:00")}).values()
    assert round_.due_at == at("2026-05-13T09:00")
    for day in range(count):
        following = start_next(round_, entry=entry_of(record))
        assert following is not None
        assert following.due_at == at("2026-05-14T09:00") + timedelta(days=day)
        assert start_next(round_, entry=entry_of(record)) is None  # never twice
        round_ = following
    assert Clock.objects.filter(record=record.pk).count() == count + 1


def test_a_report_meets_the_rounds_that_had_begun_and_no_later_one(county: County) -> None:
    record = make(county)
    start(record, "loss_statistics", {"occurred": at("2026-05-12T10:00")})
    early = at("2026-05-13T08:50")
    assert meet(record.pk, ["R25"], early, entry_of(record)) == ["R25"]
    assert meet(record.pk, ["R25"], early + timedelta(minutes=5), entry_of(record)) == []  # a correction
    running = Clock.objects.get(record=record.pk, met_at=None)
    assert (running.started_at, running.due_at) == (at("2026-05-13T09:00"), at("2026-05-14T09:00"))
    # nobody looked for three days: every round stands, all met late by one report
    assert meet(record.pk, ["R25"], at("2026-05-17T11:00"), entry_of(record)) == ["R25"]
    late = Clock.objects.filter(record=record.pk, met_at=at("2026-05-17T11:00"))
    assert [clock.due_at.astimezone(XIAN).day for clock in late.order_by("turn")] == [14, 15, 16, 17, 18]
    assert Clock.objects.get(record=record.pk, met_at=None).due_at == at("2026-05-19T09:00")


def test_every_third_year_is_counted_from_the_last_time(county: County) -> None:
    plan = make(county)
    start(plan, "plan", {"issued": at("2024-02-29T10:00")}, "special")
    meet(plan.pk, ["P10"], at("2025-06-30T15:00"), entry_of(plan))
    assert Clock.objects.get(record=plan.pk, rule="P10", met_at=None).due_at == midnight(at("2028-06-30T00:00").date())


def test_what_counts_from_a_moment_not_known_yet_starts_when_it_is(county: County) -> None:
    record = make(county)
    found = start(record, "loss_statistics", {"occurred": at("2026-05-12T10:00")})
    assert set(found) == {"R25"}
    found = start(record, "loss_statistics", {"occurred": at("2026-05-12T10:00"), "stable": at("2026-05-20T10:00")})
    assert found["R26"].due_at == midnight(at("2026-05-25T00:00").date())


def test_what_is_due_at_once_has_no_clock(county: County) -> None:
    assert start(make(county), "site", {"occurred": at("2026-05-12T10:00")}, "school").keys() == {"R29-written"}


def test_an_anchor_that_lies_ahead_is_reckoned_like_any_other(county: County) -> None:
    ahead = at("2027-06-01T10:00")
    found = start(make(county), "verification", {"asked": ahead})
    assert found["R11-phone"].due_at == ahead + timedelta(minutes=30)


def test_24_o_clock_is_the_next_days_beginning(county: County) -> None:
    found = start(make(county), "verification", {"asked": at("2026-03-01T00:00")})  # said as February 28, 24:00
    assert found["R11-phone"].due_at == at("2026-03-01T00:30")


def test_a_clock_that_no_longer_applies_ends_and_goes_on_again(county: County) -> None:
    plan = make(county)
    start(plan, "plan", {"issued": at("2026-03-02T10:00")}, "special")
    found = start(plan, "plan", {"issued": at("2026-03-02T10:00")}, "village")
    assert found["P6-special"].ended_why == "not_applicable"
    assert found["P6-village"].ended_at is None
    found = start(plan, "plan", {"issued": at("2026-03-02T10:00")}, "special")
    assert found["P6-special"].ended_at is None


def test_moving_is_on_record(county: County) -> None:
    plan = make(county)
    start(plan, "plan", {"issued": at("2026-03-02T10:00")}, "village")
    start(plan, "plan", {"issued": at("2026-03-03T10:00")}, "village")
    (entry,) = Entry.objects.filter(verb="clock.moved")
    assert public(entry)["rule"] == "P6-village"
    settle(plan.pk, "plan", Facts(marks=frozenset({"village"})), {"issued": at("2026-03-03T10:00")}, entry_of(plan))
    assert Entry.objects.filter(verb="clock.moved").count() == 1
    assert set(clocks(plan)) == {"P6-village"}
