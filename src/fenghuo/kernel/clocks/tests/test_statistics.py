"""Statistics are a count of the clocks: the same as counting them one by one, whatever happened to them."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.clocks.explaining import give_reason
from fenghuo.kernel.clocks.listing import Asked
from fenghuo.kernel.clocks.listing import clocks as listed
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.states import LATE, STATES, state_of
from fenghuo.kernel.clocks.statistics import statistics, total
from tests.clocks import matter, run_clock
from tests.county import County, make_county

NOW = timezone.now()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

one_clock = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["emo", "a"]),
        "rule": st.sampled_from(["R8", "R9"]),
        "ago": st.integers(min_value=0, max_value=300),
        "met": st.one_of(st.none(), st.integers(min_value=0, max_value=120)),
        "ended": st.one_of(st.none(), st.integers(min_value=0, max_value=120)),
        "why": st.sampled_from(["closed", "not_applicable", "taken_in"]),
        "paused": st.one_of(st.none(), st.integers(min_value=0, max_value=120)),
        "missing": st.booleans(),
        "reason": st.sampled_from(["", "hands", "system"]),
        "exercise": st.booleans(),
    }
)


class Counted(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(one_clock, max_size=14))
    def test_as_a_count_by_hand(self, wanted: list[dict[str, Any]]) -> None:
        county = make_county()
        reader = county.actor("government")
        made = [_make(county, turn, **one) for turn, one in enumerate(wanted)]
        for exercise in (False, True):
            rows = statistics(reader, Asked(exercise=exercise), NOW)
            mine = [clock for clock in made if clock.record.exercise is exercise]
            groups: dict[tuple[int, str], list[Clock]] = {}
            for clock in mine:
                groups.setdefault((clock.record.unit_id or 0, clock.rule), []).append(clock)
            assert {(row.unit, row.rule) for row in rows} == set(groups)
            for row in rows:
                group = groups[row.unit or 0, row.rule]
                states = [state_of(clock, NOW) for clock in group]
                assert {name: getattr(row, name) for name in STATES} == {name: states.count(name) for name in STATES}
                assert row.started == len(group) == sum(getattr(row, name) for name in STATES)
                late = [clock for clock, state in zip(group, states, strict=True) if state == "late"]
                seconds = [int((clock.met_at - clock.due_at).total_seconds()) for clock in late if clock.met_at]
                assert row.worst_late_s == max(seconds, default=None)
                assert row.median_late_s == (round(median(seconds)) if seconds else None)
                silent = [s for clock, s in zip(group, states, strict=True) if s in LATE and not clock.reasoned_at]
                assert row.unexplained == len(silent)
                assert sum(row.reasons.values()) == sum(s in LATE for s in states) - len(silent)
            for view in STATES:
                drilled = list(listed(reader, Asked(view=view, exercise=exercise), NOW))
                assert len(drilled) == total(rows)[view]


def _make(county: County, turn: int, **one: Any) -> Clock:
    started = NOW - timedelta(minutes=one["ago"])
    clock = run_clock(matter(county, one["unit"], exercise=one["exercise"]), one["rule"], started=started, turn=turn)
    clock.missing_year = 2031 if one["missing"] else None
    clock.paused_at = started + timedelta(minutes=one["paused"]) if one["paused"] is not None else None
    if one["met"] is not None:
        clock.met_at = started + timedelta(minutes=one["met"])
    elif one["ended"] is not None:
        clock.ended_at, clock.ended_why = started + timedelta(minutes=one["ended"]), one["why"]
    clock.save()
    if one["reason"] and state_of(clock, timezone.now()) in LATE and state_of(clock, NOW) in LATE:
        give_reason(clock, by=county.actor(one["unit"]), why=one["reason"], text="说明")
        clock.reasoned_at = timezone.now()
    return clock


def test_it_asks_the_same_number_of_questions_however_many_there_are(
    county: County, django_assert_num_queries: Any
) -> None:
    reader = county.actor("emo")
    for turn in range(30):
        run_clock(matter(county, ("emo", "a", "b")[turn % 3]), started=NOW - timedelta(hours=turn), turn=turn)
        if turn in (0, 29):
            with django_assert_num_queries(5):
                statistics(reader, Asked())


def test_by_the_days_on_which_they_began(county: County) -> None:
    reader, zone = county.actor("emo"), timezone.get_current_timezone()
    for day in (28, 29, 30):  # a February of 29 days, to the last second of the day
        started = datetime(2028, 2, 28, 23, 59, 59, tzinfo=zone) + timedelta(days=day - 28)
        run_clock(matter(county), started=started, turn=day)
    asked = Asked(since=datetime(2028, 2, 29).date(), until=datetime(2028, 2, 29).date())
    assert [row.started for row in statistics(reader, asked)] == [1]


def test_a_township_sees_its_own(county: County) -> None:
    for unit in ("emo", "a", "b"):
        run_clock(matter(county, unit), started=NOW)
    assert [row.unit_name for row in statistics(county.actor("a"), Asked())] == ["草堂街道办事处"]


@pytest.fixture
def browser(county: County, client: Client) -> Client:
    client.force_login(Account.objects.get(person=county.account("wang").person), BACKEND)
    return client


def test_the_table_is_read_by_a_spreadsheet_and_runs_nothing_in_it(county: County, browser: Client) -> None:
    county.units["emo"].short_name = "=1+1"
    county.units["emo"].save()
    run_clock(matter(county), started=NOW - timedelta(hours=3))
    answer = browser.get("/clocks/statistics/table.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=1+1" in text
    assert len(text.splitlines()) == 2


def test_the_page_leads_to_the_records(county: County, browser: Client) -> None:
    clock = run_clock(matter(county), started=NOW - timedelta(hours=3))
    page = browser.get("/clocks/statistics/?since=2020-01-01").content.decode()
    assert "view=overdue" in page
    assert "since=2020-01-01" in page
    listed_page = browser.get(f"/clocks/?view=overdue&rule=R8&unit={county.units['emo'].code}").content.decode()
    assert f"/clocks/{clock.pk}/" in listed_page


@pytest.mark.parametrize("query", ["since=2026-02-30", "since=2026-05-02&until=2026-05-01", "until=heute"])
def test_a_period_that_is_none_is_said_aloud(browser: Client, query: str) -> None:
    for page in ("/clocks/statistics/", "/clocks/"):
        answer = browser.get(f"{page}?{query}")
        assert answer.status_code == 200
        assert b"message error" in answer.content
