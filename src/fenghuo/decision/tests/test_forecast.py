"""What a forecast promises (docs/algorithms/forecast.md); every expected number is reckoned by hand beside it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.decision.forecast import Caution, Forecast, Promise, Verdict, caution_said, forecast, said
from fenghuo.decision.questions import BadQuestion

START, DUE = date(2012, 1, 1), date(2012, 6, 30)  # 31+29+31+30+31+30 = 182 days


def after(days: int) -> date:
    return START + timedelta(days=days)


def of(quota: float, today: int, *values: tuple[int, float], due: date = DUE) -> Forecast:
    """Days are counted from the start, which is day 0."""
    return forecast(Promise(quota, START, due, after(today), tuple((after(day), value) for day, value in values)))


THREE = ((10, 10), (20, 20), (39, 40))  # 40 in the 40 days up to day 39: one a day


def test_on_pace() -> None:
    found = of(100, 39, *THREE)
    assert (found.verdict, found.days_left) == (Verdict.ON_PACE, 142)  # 182 - 40
    assert (found.expected, found.shortfall) == (182, 0)  # 40 + 142
    assert found.reached_on == after(99)  # 60 more days
    assert found.needed_a_day == 60 / 142


def test_will_miss() -> None:
    found = of(200, 39, *THREE)
    assert (found.verdict, found.expected, found.shortfall) == (Verdict.WILL_MISS, 182, 18)
    assert found.reached_on == after(39 + 160)
    assert found.needed_a_day == 160 / 142


def test_reached_exactly_on_the_last_day_is_on_pace() -> None:
    assert of(182, 39, *THREE).verdict is Verdict.ON_PACE
    assert of(182.01, 39, *THREE).verdict is Verdict.WILL_MISS


def test_reached_and_when() -> None:
    found = of(20, 39, *THREE)
    assert (found.verdict, found.reached_on, found.late_days) == (Verdict.REACHED, after(20), 0)
    assert found.needed_a_day is None


def test_what_was_withdrawn_is_reached_when_it_is_reached_again() -> None:
    assert of(20, 60, (10, 10), (20, 20), (30, 15), (50, 25)).reached_on == after(50)
    assert of(20, 60, (10, 10), (20, 20), (30, 15)).verdict is not Verdict.REACHED


def test_reached_late_is_reached_and_late() -> None:
    found = of(40, 60, *THREE, due=after(30))
    assert (found.verdict, found.late_days) == (Verdict.REACHED, 9)


def test_missed_once_the_day_is_over_and_not_before() -> None:
    over = of(50, 40, *THREE, due=after(39))
    assert (over.verdict, over.expected, over.shortfall, over.reached_on) == (Verdict.MISSED, 40, 10, None)
    last_day = of(50, 39, *THREE, due=after(39))
    assert (last_day.verdict, last_day.days_left, last_day.needed_a_day) == (Verdict.WILL_MISS, 0, None)


def test_fewer_than_three_rises_give_no_verdict_but_the_arithmetic() -> None:
    found = of(100, 39, (10, 10), (39, 40))
    assert (found.verdict, found.expected) == (Verdict.TOO_FEW, 182)
    assert found.cautions == (Caution.FEW_RISES, Caution.SEASONS)


def test_of_one_thing_only_the_days_left_are_said() -> None:
    found = of(2, 39, (10, 1))
    assert (found.verdict, found.days_left, found.expected, found.reached_on) == (Verdict.TOO_FEW, 142, None, None)
    assert found.cautions == (Caution.FEW_STEPS,)


def test_nothing_yet() -> None:
    found = of(142, 39)
    assert (found.verdict, found.value, found.needed_a_day) == (Verdict.NOT_STARTED, 0, 1)
    assert of(100, 39, (-5, 7)).verdict is Verdict.NOT_STARTED  # seven stood there before the period began


def test_what_stood_before_the_start_is_counted_but_is_no_pace() -> None:
    found = of(300, 39, (-5, 100), (10, 110), (20, 120), (39, 140))
    assert (found.value, found.expected) == (140, 282)


def test_a_quota_of_nought_is_reached() -> None:
    assert (of(0, 39).verdict, of(0, 39).cautions) == (Verdict.REACHED, (Caution.NOTHING_ASKED,))


def test_before_the_start_nothing_is_said() -> None:
    found = of(100, -3)
    assert (found.verdict, found.pace, found.cautions) == (Verdict.TOO_FEW, None, (Caution.NOT_BEGUN,))


def test_values_after_today_are_left_out_and_that_is_said() -> None:
    found = of(100, 39, *THREE, (45, 90))
    assert (found.value, found.cautions[-1]) == (40, Caution.LATER_VALUES)


def test_withdrawals_lower_the_pace_but_are_not_carried_on() -> None:
    found = of(100, 39, (10, 20), (20, 30), (25, 50), (39, 40))
    assert (found.expected, Caution.WITHDRAWN in found.cautions) == (182, True)
    assert of(100, 39, (1, 5), (2, 9), (3, 12), (39, 0)).expected == 0  # never below what there is


def test_long_without_a_rise_is_said() -> None:
    assert Caution.STALLED in of(100, 80, *THREE).cautions  # 41 days of 81
    assert Caution.STALLED not in of(100, 60, *THREE).cautions  # 21 days


def test_a_near_thing_is_said() -> None:
    assert Caution.NARROW in of(180, 39, *THREE).cautions
    assert Caution.NARROW not in of(100, 39, *THREE).cautions


def test_tenths_are_exact() -> None:
    values = tuple((day, Decimal(day) / 10) for day in range(1, 10))
    found = of(1, 9, *values, due=after(19))  # type: ignore[arg-type]
    assert found.verdict is Verdict.TOO_FEW
    found = of(3, 29, (9, 0.1), (19, 0.2), (29, 0.3), due=after(299))
    assert (found.verdict, found.reached_on) == (Verdict.ON_PACE, after(299))  # a hundredth a day, 270 days: 2.7


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quota": -1}, "quota"),
        ({"quota": float("nan")}, "quota"),
        ({"quota": 1e300}, "quota"),
        ({"due": date(2011, 12, 31)}, "due"),
        ({"values": ((START, 1), (DUE, float("inf")))}, "values[1][1]"),
    ],
)
def test_what_cannot_be_used_is_named(wrong: dict[str, object], field: str) -> None:
    question = replace(Promise(10, START, DUE, DUE), **wrong)  # type: ignore[arg-type]
    with pytest.raises(BadQuestion) as refused:
        forecast(question)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_one_sentence_with_its_figures() -> None:
    found = of(200, 39, *THREE)
    assert said(found, "zh-hans", "人") == (
        "照目前进度不能按期完成：2012年1月1日以来 40 天增加 40 人，平均每天约 1，现有 40 人；"
        "到 2012年6月30日 还有 142 天，预计只有 182 人（要求 200 人），差 18 人；"
        "要按期完成，今后平均每天要完成 1.2 人，照此约 2012年7月18日才能完成"
    )
    assert said(found, "en", "people") == (
        "Will miss its day: 40 people more in 40 days, about 1 a day, 40 people now; "
        "with 142 days to 30 June 2012 that makes only 182 people of 200 people, 18 people short; "
        "1.2 people a day would be needed; reached about 18 July 2012"
    )


def test_one_sentence_without_a_pace() -> None:
    found = of(2, 39, (10, 1))
    assert said(found, "zh", "次") == "数据太少，不下结论：现有 1 次，要求 2 次，到 2012年6月30日 还有 142 天"
    assert said(found, "en") == "Too few data to say: 1 of 2, 142 days to 30 June 2012"


def test_words_never_round_to_what_is_not_so() -> None:
    found = of(100, 39, (10, 10), (20, 20), (39, 39.99))
    nearly = replace(found, verdict=Verdict.WILL_MISS, expected=99.97, shortfall=0.03)
    assert "预计只有 99.9" in said(nearly, "zh")
    assert "差 0.03" in said(nearly, "zh")


DAYS = st.integers(0, 181)
GAINS = st.lists(st.tuples(DAYS, st.integers(-30, 60)), max_size=8)
QUOTAS = st.integers(0, 300)
WORTH = {Verdict.REACHED: 3, Verdict.ON_PACE: 2, Verdict.WILL_MISS: 1, Verdict.MISSED: 0}


def summed(gains: list[tuple[int, int]]) -> tuple[tuple[date, int], ...]:
    """Cumulative, never below 0."""
    total, values = 0, []
    for day, gain in sorted(gains):
        total = max(total + gain, 0)
        values.append((after(day), total))
    return tuple(values)


@given(GAINS, QUOTAS, DAYS, DAYS, st.integers(1, 50))
def test_more_progress_never_worsens(
    gains: list[tuple[int, int]], quota: int, today: int, when: int, more: int
) -> None:
    """The same course, and everything from one day on higher by `more`."""
    values = summed(gains)
    base = dict(values)
    before = max((day for day in base if day <= after(when)), default=None)
    base.setdefault(after(when), base[before] if before else 0)
    raised = tuple((day, value + (more if day >= after(when) else 0)) for day, value in base.items())
    poor = forecast(Promise(quota, START, DUE, after(today), values))
    rich = forecast(Promise(quota, START, DUE, after(today), raised))
    if poor.verdict in WORTH:
        assert WORTH[rich.verdict] >= WORTH[poor.verdict]
    if poor.expected is not None:
        assert rich.shortfall is not None
        assert poor.shortfall is not None
        assert rich.shortfall <= poor.shortfall


@given(GAINS, QUOTAS, DAYS, st.integers(0, 181), st.integers(1, 200))
def test_a_later_due_day_never_worsens(
    gains: list[tuple[int, int]], quota: int, today: int, due: int, later: int
) -> None:
    early = forecast(Promise(quota, START, after(due), after(today), summed(gains)))
    late = forecast(Promise(quota, START, after(due + later), after(today), summed(gains)))
    if early.verdict in WORTH and late.verdict in WORTH:
        assert WORTH[late.verdict] >= WORTH[early.verdict]
    if early.expected is not None and late.expected is not None:
        assert late.expected >= early.expected


@given(GAINS, QUOTAS, st.integers(-10, 400))
def test_figures_agree_with_each_other_and_with_the_sentence(
    gains: list[tuple[int, int]], quota: int, today: int
) -> None:
    found = forecast(Promise(quota, START, DUE, after(today), summed(gains)))
    if found.verdict is Verdict.ON_PACE:
        assert found.reached_on is not None
        assert found.reached_on <= DUE
        assert found.shortfall == 0
    if found.verdict is Verdict.WILL_MISS:
        assert found.reached_on is None or found.reached_on > DUE
        assert found.shortfall
    for language in ("zh", "en"):
        assert "{" not in said(found, language, "人")
        assert all("{" not in caution_said(caution, found, language) for caution in Caution)


@given(GAINS, QUOTAS, DAYS, st.randoms())
def test_the_order_of_the_values_changes_nothing(
    gains: list[tuple[int, int]], quota: int, today: int, chance: object
) -> None:
    values = tuple(dict(summed(gains)).items())
    mixed = list(values)
    getattr(chance, "shuffle")(mixed)  # noqa: B009
    assert forecast(Promise(quota, START, DUE, after(today), tuple(mixed))) == forecast(
        Promise(quota, START, DUE, after(today), values)
    )
