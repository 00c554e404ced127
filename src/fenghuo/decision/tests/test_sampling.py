"""The draw of a check equals the example worked by hand in docs/algorithms/plan-checks.md (with sha256sum)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.decision.sampling import Listed, digest, draw, lot, read, written

A, B = "610118007000", "610118002000"
COUNTY = [
    Listed("610118007226", "village", A),
    Listed("610118007201", "village", A),
    Listed("610118007202", "village", A),
    Listed("610118002203", "village", B),
    Listed("610118002202", "village", B),
    Listed("610118002201", "village", B),
    Listed("91610118TEST00001A", "enterprise", A),
]
SEED = "2026188"
populations = st.lists(
    st.builds(
        Listed,
        code=st.text("0123456789AB", min_size=1, max_size=6),
        kind=st.sampled_from(["village", "school"]),
        town=st.sampled_from([A, B, ""]),
    ),
    max_size=30,
    unique_by=lambda row: row.code,
)


def test_it_equals_the_example_worked_by_hand() -> None:
    strata = draw(COUNTY, SEED, {"village": 2, "enterprise": 1, "school": 3})
    assert [(one.kind, one.town, one.size, one.drawn) for one in strata] == [
        ("enterprise", A, 1, ("91610118TEST00001A",)),
        ("village", B, 3, ("610118002201", "610118002202")),
        ("village", A, 3, ("610118007202", "610118007201")),
    ]
    assert lot(SEED, "610118007202") == "13f10fc445f9d057f969391b24fd01de870fe9dcb7a2f990361e21a22bd0561f"


def test_the_frozen_list_has_the_digest_that_sha256sum_gives() -> None:
    assert digest(written(COUNTY)) == "c06eed43c08041685c14b2066bc475bdade331e1bdbd8e3443a8e73e2612813c"


def test_every_unit_can_be_drawn() -> None:
    drawn = {code for seed in range(60) for one in draw(COUNTY, str(seed), {"village": 1}) for code in one.drawn}
    assert drawn == {row.code for row in COUNTY if row.kind == "village"}


@given(populations, st.text(max_size=20), st.integers(0, 5))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list(
    population: list[Listed], seed: str, many: int
) -> None:
    wanted = {"village": many, "school": 2}
    strata = draw(population, seed, wanted)
    assert strata == draw(population[::-1], seed, wanted) == draw(read(written(population)), seed, wanted)
    for one in strata:
        there = [row.code for row in population if (row.kind, row.town) == (one.kind, one.town)]
        assert one.size == len(there)
        assert len(set(one.drawn)) == min(wanted[one.kind], len(there))
        left = set(there) - set(one.drawn)
        assert set(one.drawn) <= set(there)
        assert all(lot(seed, out) > lot(seed, code) for out in left for code in one.drawn)


def test_what_cannot_be_written_on_one_line_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        written([Listed("1\n2", "village", A)])
    with pytest.raises(ValueError, match="twice"):
        written([COUNTY[0], COUNTY[0]])
