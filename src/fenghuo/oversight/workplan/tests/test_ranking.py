"""The ranking: scores from 0 to 100, more progress never lowers one, ties share a rank, order is irrelevant."""

from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fenghuo.oversight.workplan.ranking import Share, ranked, score_of

calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
shares = st.builds(Share, st.integers(1, 100), st.integers(0, 10_000), st.integers(0, 5_000))
several = st.lists(shares, min_size=1, max_size=12)
units = st.dictionaries(st.text("ABCDEFG", min_size=1, max_size=4), st.lists(shares, max_size=6), max_size=10)


def test_a_worked_score() -> None:
    """Weights 1, 2, 1: 1 + 2 × 1/2 + 0 of 4 are 50; a third of one are 33.33, not 33.34."""
    assert score_of([Share(1, 5, 4), Share(2, 3, 6), Share(1, 0, 1)]) == Decimal("50.00")
    assert score_of([Share(1, 1, 3)]) == Decimal("33.33")
    assert score_of([Share(1, 99_999, 100_000)]) == Decimal("99.99")


@calmly
@given(several)
def test_a_score_lies_between_nothing_and_a_hundred(owed: list[Share]) -> None:
    score = score_of(owed)
    assert score is not None
    assert 0 <= score <= 100
    assert (score == 100) == all(share.value >= share.needed for share in owed)


@calmly
@given(several, st.data())
def test_more_progress_never_lowers_it(owed: list[Share], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(owed) - 1))
    one = owed[place]
    more = [
        *owed[:place],
        Share(one.weight, one.value + data.draw(st.integers(0, 500)), one.needed),
        *owed[place + 1 :],
    ]
    before, after = score_of(owed), score_of(more)
    assert before is not None
    assert after is not None
    assert after >= before
    others = [("B", [Share(1, 1, 2)]), ("C", [Share(3, 2, 3)])]
    ranks = [next(row.rank for row in ranked([("A", have), *others]) if row.key == "A") for have in (owed, more)]
    assert None not in ranks
    assert (ranks[1] or 0) <= (ranks[0] or 0)


@calmly
@given(units, st.randoms(use_true_random=False))
def test_the_order_of_input_is_irrelevant(owed: dict[str, list[Share]], chance: object) -> None:
    rows = [(key, list(have)) for key, have in owed.items()]
    mixed = [(key, list(have)) for key, have in rows]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    for _key, have in mixed:
        chance.shuffle(have)  # type: ignore[attr-defined]
    assert ranked(mixed) == ranked(rows)


@calmly
@given(units)
def test_a_rank_counts_those_who_stand_before(owed: dict[str, list[Share]]) -> None:
    rows = ranked(owed.items())
    assert {row.key for row in rows} == set(owed)
    for row in rows:
        if row.score is None:
            assert row.rank is None
            assert not owed[row.key]
        else:
            assert row.rank == 1 + sum(1 for other in rows if other.score is not None and other.score > row.score)


@calmly
@given(several, st.integers(2, 9))
def test_weights_only_count_among_each_other(owed: list[Share], times: int) -> None:
    assert score_of([Share(share.weight * times, share.value, share.needed) for share in owed]) == score_of(owed)


@calmly
@given(several, shares)
def test_what_is_whole_never_lowers(owed: list[Share], one: Share) -> None:
    assume(one.value >= one.needed)
    assert (score_of([*owed, one]) or 0) >= (score_of(owed) or 0)
