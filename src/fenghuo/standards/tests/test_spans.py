"""Spans and schedules against a walk day by day; the bounds that people fall over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.standards.calendar import Calendar, shipped
from fenghuo.standards.deadlines import read_schedule, read_span
from fenghuo.standards.tests.three_years import FIRST, WORKED, XIAN, after_working_days, midnight

moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2026, 9, 30)).map(
    lambda moment: moment.replace(tzinfo=XIAN)
)


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=XIAN)


def ends(
    said: str, start: datetime, *, shift: bool = False, pauses: tuple[tuple[datetime, datetime], ...] = ()
) -> datetime:
    read = read_schedule(said) if "@" in said else read_span(said)
    found = read.ends(start, XIAN, shipped(), pauses=pauses, shift=shift)
    assert found.missing_year is None
    return found.at


@given(moments, st.integers(min_value=1, max_value=40))
def test_working_days_are_those_of_the_walk(start: datetime, count: int) -> None:
    assert ends(f"{count}wd", start) == after_working_days(start, count)


@given(moments, st.integers(min_value=0, max_value=400))
def test_calendar_days_leave_out_the_first_and_end_at_midnight(start: datetime, count: int) -> None:
    assert ends(f"{count}d", start) == midnight(start.date() + timedelta(days=count))


@given(moments, st.integers(min_value=1, max_value=5000))
def test_minutes_and_hours_run_from_the_moment(start: datetime, count: int) -> None:
    assert ends(f"{count}m", start) == start + timedelta(minutes=count)
    assert ends(f"{count}h", start) == start + timedelta(hours=count)


@given(moments, st.integers(min_value=0, max_value=60), st.integers(min_value=0, max_value=60), st.integers(1, 25))
def test_paused_days_are_not_counted(start: datetime, wait: int, length: int, count: int) -> None:
    since = start + timedelta(days=wait)
    until = since + timedelta(days=length)
    paused = {since.date() + timedelta(days=step) for step in range(length)}
    assert ends(f"{count}wd", start, pauses=((since, until),)) == after_working_days(start, count, paused)
    day, gone = start.date(), 0
    while gone < count:
        day += timedelta(days=1)
        gone += day not in paused
    assert ends(f"{count}d", start, pauses=((since, until),)) == midnight(day)


@given(moments, st.integers(0, 300), st.integers(0, 300), st.integers(1, 300))
def test_paused_minutes_are_not_counted(start: datetime, wait: int, length: int, count: int) -> None:
    pause = (start + timedelta(minutes=wait), start + timedelta(minutes=wait + length))
    later = length if wait < count else 0  # a pause after the end changes nothing
    assert ends(f"{count}m", start, pauses=(pause,)) == start + timedelta(minutes=count + later)


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        # worked out by hand with the calendars of the notices
        # January 29 30, February 2–6 9–13 and the Saturday 14, off 15–23, 24–27 and the Saturday 28, March 2 3
        ("20wd", "2026-01-28T16:00", "2026-03-03T24:00"),
        ("5wd", "2025-09-26T09:00", "2025-10-10T24:00"),  # the Sunday 28, 29, 30, off 1–8, 9, 10
        ("1wd", "2024-02-09T23:59", "2024-02-18T24:00"),  # the Sunday after 春节 is worked
        ("1mo", "2026-01-31T10:00", "2026-02-28T24:00"),
        ("1mo", "2024-01-31T10:00", "2024-02-29T24:00"),
        ("1y", "2024-02-29T10:00", "2025-02-28T24:00"),
        ("4y", "2024-02-29T10:00", "2028-02-29T24:00"),
        ("3y", "2023-11-20T00:00", "2026-11-20T24:00"),
        ("13mo", "2024-12-31T08:00", "2026-01-31T24:00"),
        ("0d", "2026-05-12T08:00", "2026-05-12T24:00"),
        ("60d", "2026-05-12T08:00", "2026-07-11T24:00"),
        ("24h", "2026-05-12T24:00", "2026-05-13T24:00"),
        ("daily@09:00", "2026-05-12T08:59", "2026-05-12T09:00"),
        ("daily@09:00", "2026-05-12T09:00", "2026-05-13T09:00"),
        ("daily@24:00", "2026-05-12T09:00", "2026-05-12T24:00"),
        ("daily@24:00", "2026-05-12T24:00", "2026-05-13T24:00"),
        ("monthly@15", "2026-05-15T09:00", "2026-05-15T24:00"),
        ("monthly@15", "2026-05-15T24:00", "2026-06-15T24:00"),
        ("monthly@31", "2026-04-02T09:00", "2026-04-30T24:00"),
        ("monthly@end", "2024-02-02T09:00", "2024-02-29T24:00"),
        ("quarterly@15", "2026-01-16T09:00", "2026-04-15T24:00"),
        ("quarterly@15", "2026-11-16T09:00", "2027-01-15T24:00"),
        ("quarterly@end", "2026-11-16T09:00", "2026-12-31T24:00"),
        ("halfyearly@end", "2026-01-16T09:00", "2026-06-30T24:00"),
        ("yearly@end", "2026-12-31T09:00", "2026-12-31T24:00"),
        ("yearly@01-31", "2026-02-01T00:00", "2027-01-31T24:00"),
        ("yearly@02-29", "2025-01-01T00:00", "2025-02-28T24:00"),
        ("yearly@02-29", "2027-03-01T00:00", "2028-02-29T24:00"),
    ],
)
def test_by_hand(span: str, start: str, end: str) -> None:
    assert ends(span, _moment(start)) == _moment(end)


def _moment(said: str) -> datetime:
    """24:00 is the next day's 00:00."""
    day, _, clock = said.partition("T")
    return midnight(date.fromisoformat(day)) if clock == "24:00" else at(said)


@pytest.mark.parametrize(
    ("start", "plain", "shifted"),
    [
        ("2026-04-01T10:00", "2026-04-04T24:00", "2026-04-07T24:00"),  # Saturday of 清明 → Tuesday
        ("2026-05-06T10:00", "2026-05-09T24:00", "2026-05-09T24:00"),  # a Saturday that is worked stays
        ("2026-02-11T10:00", "2026-02-14T24:00", "2026-02-14T24:00"),
        ("2026-02-12T10:00", "2026-02-15T24:00", "2026-02-24T24:00"),  # through 春节
    ],
)
def test_a_last_day_off_moves_only_where_the_rule_says_so(start: str, plain: str, shifted: str) -> None:
    assert ends("3d", at(start)) == _moment(plain)
    assert ends("3d", at(start), shift=True) == _moment(shifted)


def test_a_missing_table_gives_the_earliest_moment_and_says_so() -> None:
    start = at("2026-12-18T10:00")
    found = read_span("20wd").ends(start, XIAN, shipped())
    assert found.missing_year == 2027
    # worked in 2026 after the 18th: 21–25 and 28–31, 9 days; the other 11 may at the earliest be January 1 to 11
    assert found.at == _moment("2027-01-11T24:00")
    assert read_span("9wd").ends(start, XIAN, shipped()).missing_year is None
    assert read_span("20d").ends(start, XIAN, shipped()).missing_year is None


@given(st.integers(0, 300), st.integers(1, 60))
def test_the_earliest_moment_is_never_after_the_true_one(step: int, count: int) -> None:
    start = datetime(2025, 6, 1, 12, tzinfo=XIAN) + timedelta(days=step)
    without_2026 = Calendar(
        years=frozenset({2024, 2025}),
        off=frozenset(day for day in shipped().off if day.year < 2026),
        work=frozenset(day for day in shipped().work if day.year < 2026),
    )
    found = read_span(f"{count}wd").ends(start, XIAN, without_2026)
    true = after_working_days(start, count)
    assert found.at <= true
    assert found.at == true or found.missing_year == 2026


def test_the_zone_of_the_start_does_not_matter_and_summer_time_changes_no_span() -> None:
    start = at("2026-05-12T23:30")
    assert ends("20wd", start) == ends("20wd", start.astimezone(UTC))
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 12, tzinfo=berlin)  # the clocks go forward that night
    assert read_span("24h").ends(before, berlin, shipped()).at - before.astimezone(UTC) == timedelta(hours=24)
    assert read_span("1d").ends(before, berlin, shipped()).at.isoformat() == "2026-03-30T00:00:00+02:00"


def test_a_round_of_fixed_dates_that_falls_into_a_pause_is_left_out() -> None:
    pause = (at("2026-05-12T20:00"), at("2026-05-15T08:00"))
    assert ends("daily@09:00", at("2026-05-12T10:00"), pauses=(pause,)) == at("2026-05-15T09:00")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "bad_span"), ("30", "bad_span"), ("m", "bad_span"), ("-3d", "bad_span"), ("3 d", "bad_span"),
        ("1.5h", "bad_span"), ("9999999d", "bad_span"), ("999999d", "too_long"), ("101y", "too_long"),
        ("0m", "zero_span"), ("0wd", "zero_span"), ("0y", "zero_span"),
    ],
)  # fmt: skip
def test_what_is_no_span(said: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        read_span(said)


@pytest.mark.parametrize(
    "said",
    ["daily@", "daily@9:00", "daily@24:01", "daily@25:00", "monthly@0", "monthly@32", "weekly@1", "yearly@02-30",
     "yearly@13-01", "quarterly@", "@15", "yearly@5-1x"],
)  # fmt: skip
def test_what_is_no_schedule(said: str) -> None:
    with pytest.raises(ValueError, match="bad_"):
        read_schedule(said)


def test_the_walk_covers_what_it_is_asked() -> None:
    assert min(WORKED) == FIRST
