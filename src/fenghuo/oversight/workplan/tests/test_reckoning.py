"""From figures to states: a table of cases, and what holds for all figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.kernel.measures.asking import Progress
from fenghuo.oversight.workplan.reckoning import OWED, Stand, read

DUE, BEFORE, AFTER = date(2026, 6, 30), date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("value", "asked", "quota", "percent", "day", "stand"),
    [
        (0, None, 1, False, BEFORE, Stand.OPEN),
        (0, None, 1, False, DUE, Stand.OPEN),  # what is due that day may still be done
        (0, None, 1, False, AFTER, Stand.OVERDUE),
        (1, None, 2, False, BEFORE, Stand.UNDER_WAY),
        (1, None, 2, False, AFTER, Stand.OVERDUE),
        (2, None, 2, False, AFTER, Stand.DONE),  # late, but done
        (3, None, 2, False, BEFORE, Stand.DONE),
        (0, 0, 100, True, AFTER, Stand.FREE),  # a share of nothing asks nothing
        (3, 4, 80, True, BEFORE, Stand.UNDER_WAY),  # 80 % of 4 are 3.2, so 4
        (4, 5, 80, True, BEFORE, Stand.DONE),
        (0, 5, 80, True, AFTER, Stand.OVERDUE),
    ],
)
def test_one_span(value: int, asked: int | None, quota: int, percent: bool, day: date, stand: Stand) -> None:
    assert read([(DUE, Progress(value, asked))], quota=quota, percent=percent, day=day).stand is stand


QUARTERS = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("values", "day", "stand", "value"),
    [
        ((1, 0, 0, 0), date(2026, 4, 1), Stand.UNDER_WAY, 1),
        ((1, 0, 0, 0), date(2026, 7, 1), Stand.OVERDUE, 1),  # the second has passed without
        ((0, 0, 0, 0), date(2026, 3, 31), Stand.OPEN, 0),
        ((1, 1, 1, 1), date(2026, 10, 1), Stand.DONE, 4),
        ((4, 0, 0, 0), date(2026, 6, 30), Stand.UNDER_WAY, 1),  # four in one quarter are one quarter
    ],
)
def test_every_quarter(values: tuple[int, ...], day: date, stand: Stand, value: int) -> None:
    spans = [(due, Progress(many)) for due, many in zip(QUARTERS, values, strict=True)]
    found = read(spans, quota=1, percent=False, day=day)
    assert (found.stand, found.value, found.quota) == (stand, value, 4)


def test_what_is_not_known_is_neither_zero_nor_done() -> None:
    found = read([(DUE, None)], quota=1, percent=False, day=AFTER)
    assert (found.stand, found.percent) == (Stand.UNKNOWN, None)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 100))
def test_a_share_is_done_exactly_when_its_percentage_is_reached(value: int, more: int, quota: int) -> None:
    asked = value + more
    found = read([(DUE, Progress(value, asked))], quota=quota, percent=True, day=BEFORE)
    if not asked:
        assert found.stand is Stand.FREE
    else:
        assert (found.stand is Stand.DONE) == (100 * value >= quota * asked)


@given(st.integers(0, 9), st.integers(1, 9), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_one_record_more_never_makes_it_worse(value: int, quota: int, day: date) -> None:
    order = [Stand.OVERDUE, Stand.OPEN, Stand.UNDER_WAY, Stand.DONE]
    less, more = (read([(DUE, Progress(n))], quota=quota, percent=False, day=day) for n in (value, value + 1))
    assert less.stand in OWED
    assert order.index(more.stand) >= order.index(less.stand)
    assert (more.percent or 0) >= (less.percent or 0)
