"""Who is told when, against moments worked out by hand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.standards.notice_steps import first_moment, notice_rows, read_rows, steps

XIAN = ZoneInfo("Asia/Shanghai")
ROWS = notice_rows()
START = datetime(2026, 5, 12, 3, 4, 20, tzinfo=XIAN)


def said(minutes: int, start: datetime = START, **more: datetime) -> list[tuple[str, str, str]]:
    found = steps(start, start + timedelta(minutes=minutes), XIAN, ROWS, **more)
    return [(one.kind, f"{one.moment.astimezone(XIAN):%m-%d %H:%M:%S}", " ".join(one.to)) for one in found]


def test_half_an_hour() -> None:
    # Due 03:34:20. Two thirds and ten minutes before are the same minute.
    assert said(30) == [
        ("before", "05-12 03:24:00", "duty_officer"),
        ("at", "05-12 03:35:00", "duty_officer"),
        ("after", "05-12 03:45:00", "duty_leader"),
        ("after", "05-12 04:05:00", "head"),
    ]


def test_an_hour() -> None:
    assert [moment for _kind, moment, _to in said(60)][:2] == ["05-12 03:44:00", "05-12 03:54:00"]


def test_five_minutes_leave_no_room_for_ten_before() -> None:
    assert [kind for kind, _moment, _to in said(5)] == ["before", "at", "after", "after"]


def test_matters_of_weeks_wake_nobody() -> None:
    # Thirty days, due at the end of a day: told at nine in the morning.
    due = datetime(2026, 6, 12, 0, 0, tzinfo=XIAN)
    found = steps(START, due, XIAN, ROWS)
    assert {f"{one.moment.astimezone(XIAN):%H:%M}" for one in found} == {"09:00"}
    assert [f"{one.moment.astimezone(XIAN):%m-%d}" for one in found] == ["06-01", "06-11", "06-12", "06-13", "06-15"]


def test_born_late_it_is_told_of_from_when_it_was_known() -> None:
    known = START + timedelta(hours=3)
    late = [one for one in said(30, known=known) if one[0] != "before"]
    assert [moment for _kind, moment, _to in late] == ["05-12 06:05:00", "05-12 06:15:00", "05-12 06:35:00"]


@given(
    st.datetimes(min_value=datetime(2024, 2, 28), max_value=datetime(2028, 3, 2)),
    st.integers(min_value=1, max_value=60 * 24 * 90),
)
def test_steps_are_in_order_and_on_their_side_of_the_end(start: datetime, minutes: int) -> None:
    start = start.replace(tzinfo=XIAN)
    due = start + timedelta(minutes=minutes)
    found = steps(start, due, XIAN, ROWS)
    assert [one.moment for one in found] == sorted({one.moment for one in found})
    assert all((one.moment < due) == (one.kind == "before") for one in found)
    assert any(one.kind == "at" for one in found)
    assert all(one.moment.second == 0 for one in found)
    assert first_moment(start, due, XIAN, ROWS) == min(due, found[0].moment)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("0m,before,10m,duty_officer", "does not lie before"),
        ("0m,after,-10m,duty_officer", "does not lie after"),
        ("0m,at,0m,mayor", "roles"),
        ("0m,before,3/2,duty_officer", "no part"),
        ("0m,soon,0m,duty_officer", "soon"),
        ("0m,at,ten,duty_officer", "no amount"),
        ("0m,at,0m", "line 2"),
        ("0m,before,-1m,duty_officer", "nobody is told at the end"),
        ("1h,at,0m,duty_officer", "over 0m"),
    ],
)
def test_rows_that_make_no_sense_are_named(line: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_rows(["over,kind,moment,to", line])
