"""What a proposal of teams promises to the commander (docs/algorithms/dispatch.md)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.decision.dispatch import Proposal, Reason, Team, Why, propose
from fenghuo.standards.needs import Need

CUT = Need("rescue_cutting", 1, must=True, why="rt-trapped")
CARE = Need("medical", 2, must=True, why="injured")
CLEAR = Need("road_clearing", 1, must=False, why="rt-clear")

slow_machine = settings(deadline=None)


def team(key: int, *capabilities: str, seconds: float | None = 600, **said: object) -> Team:
    return Team(key, f"队{key}", frozenset(capabilities), seconds, **said)  # type: ignore[arg-type]


def chosen(proposal: Proposal) -> list[int]:
    return [choice.team.id for choice in proposal.choices]


def codes(reasons: tuple[Reason, ...]) -> list[Why]:
    return [reason.code for reason in reasons]


def test_the_nearest_that_can_is_sent_and_says_so() -> None:
    found = propose([CUT], [team(1, "rescue_cutting", seconds=900), team(2, "rescue_cutting", seconds=240)])
    assert chosen(found) == [2]
    assert found.choices[0].why == (Reason(Why.NEAREST, "rescue_cutting", number=1),)
    assert found.choices[0].covers == (CUT,)
    assert not found.unmet
    assert not found.not_chosen


def test_a_nearer_one_without_the_capability_is_named() -> None:
    found = propose([CUT], [team(1, "medical", seconds=100), team(2, "rescue_cutting", seconds=240)])
    (passed,) = found.not_chosen
    assert passed.team.id == 1
    assert passed.why == (Reason(Why.LACKS, "rescue_cutting", team=2),)
    assert codes(found.choices[0].why) == [Why.ONLY_ONE]


def test_a_busy_nearer_one_is_named_on_both_sides() -> None:
    busy = team(1, "rescue_cutting", seconds=100, busy_with="余下街道火灾")
    found = propose([CUT], [busy, team(2, "rescue_cutting", seconds=240)])
    assert Reason(Why.AFTER, "rescue_cutting", team=1) in found.choices[0].why
    assert found.not_chosen[0].why == (Reason(Why.BUSY, text="余下街道火灾"),)


@pytest.mark.parametrize(("state", "code"), [("resting", Why.RESTING), ("unavailable", Why.UNAVAILABLE)])
def test_what_is_unmet_names_the_best_there_would_be(state: str, code: Why) -> None:
    found = propose([CARE], [team(1, "medical"), team(2, "medical", seconds=100, state=state), team(3, "search")])
    (unmet,) = found.unmet
    assert (unmet.need, unmet.missing, unmet.cut) == (CARE, 1, 0)
    assert unmet.best is not None
    assert unmet.best.team.id == 2
    assert codes(unmet.best.why) == [code]


def test_what_nobody_has_is_said() -> None:
    found = propose([CUT], [team(1, "medical")])
    assert found.unmet[0].best is None
    assert found.unmet[0].why == (Reason(Why.NOBODY_HAS_IT, "rescue_cutting"),)


def test_a_tired_team_goes_after_a_rested_one_that_is_not_much_farther() -> None:
    tired = team(1, "rescue_cutting", seconds=300, called_today=2)
    found = propose([CUT], [tired, team(2, "rescue_cutting", seconds=900)])
    assert chosen(found) == [2]
    assert found.choices[0].why == (Reason(Why.NEAREST, "rescue_cutting", number=2),)
    assert found.not_chosen[0].why == (Reason(Why.CALLED_OUT, number=2),)
    far = propose([CUT], [tired, team(2, "rescue_cutting", seconds=1500)])
    assert chosen(far) == [1]
    assert Why.CALLED_OUT in codes(far.choices[0].why)


def test_one_team_may_cover_several_needs() -> None:
    found = propose([CUT, CLEAR], [team(1, "rescue_cutting", "road_clearing", seconds=60), team(2, "road_clearing")])
    assert chosen(found) == [1]
    assert found.choices[0].covers == (CUT, CLEAR)
    assert Reason(Why.COVERS_SEVERAL, number=2) in found.choices[0].why


def test_the_limit_cuts_what_should_be_there_and_never_what_must() -> None:
    teams = [team(1, "rescue_cutting"), team(2, "medical"), team(3, "medical"), team(4, "road_clearing")]
    found = propose([CUT, CARE, CLEAR], teams, most=2)
    assert sorted(chosen(found)) == [1, 2, 3]
    (unmet,) = found.unmet
    assert (unmet.need, unmet.missing, unmet.cut) == (CLEAR, 0, 1)
    assert [one.why[0].code for one in found.not_chosen] == [Why.LIMIT]


def test_a_should_beyond_the_must_takes_the_next_ones() -> None:
    more = Need("medical", 1, must=False, why="heat-medical")
    found = propose([more, CARE], [team(key, "medical", seconds=key * 100) for key in (3, 1, 2)])
    assert [(choice.team.id, choice.covers) for choice in found.choices] == [(1, (CARE,)), (2, (CARE,)), (3, (more,))]


def test_unknown_times_come_last_and_are_said() -> None:
    found = propose([CARE], [team(1, "medical", seconds=None), team(2, "medical", seconds=9000)])
    assert chosen(found) == [2, 1]
    assert codes(found.choices[1].why) == [Why.TIME_UNKNOWN]


def test_an_estimate_is_said() -> None:
    assert not propose([CUT], [team(1, "rescue_cutting")]).estimate
    assert propose([CUT], [team(1, "rescue_cutting", estimate=True)]).estimate


def test_nothing_is_asked_and_nobody_is_there() -> None:
    assert propose([], [team(1, "medical")]) == Proposal((), (), (), estimate=False)
    assert [one.missing for one in propose([CARE], []).unmet] == [2]


def test_two_teams_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        propose([CUT], [team(1), team(1)])


SLUGS = ("medical", "search", "hazmat", "pumping")
needs = st.lists(
    st.builds(Need, st.sampled_from(SLUGS), st.integers(0, 4), must=st.booleans(), why=st.sampled_from("ab")),
    max_size=5,
)
one_team = st.builds(
    Team,
    id=st.integers(0, 10_000),
    name=st.just("队"),
    capabilities=st.frozensets(st.sampled_from(SLUGS)),
    seconds=st.none() | st.sampled_from([60.0, 300.0, 301.0, 1200.0, 5000.0]),
    estimate=st.booleans(),
    state=st.sampled_from(["ready", "ready", "resting", "unavailable"]),
    busy_with=st.sampled_from(["", "", "甲"]),
    called_today=st.integers(0, 4),
)
teams = st.lists(one_team, max_size=12, unique_by=lambda one: one.id)
limits = st.none() | st.integers(0, 6)


@slow_machine
@given(needs, teams, limits)
def test_nobody_is_sent_twice_or_who_cannot_go(needs: list[Need], teams: list[Team], most: int | None) -> None:
    found = propose(needs, teams, most=most)
    keys = chosen(found)
    assert len(keys) == len(set(keys))
    for choice in found.choices:
        assert choice.team.free
        assert choice.covers
        assert all(need.capability in choice.team.capabilities for need in choice.covers)
    assert not set(keys) & {one.team.id for one in found.not_chosen}


@slow_machine
@given(needs, teams, limits)
def test_every_must_is_covered_as_far_as_anybody_free_can(
    needs: list[Need], teams: list[Team], most: int | None
) -> None:
    found = propose(needs, teams, most=most)
    for capability in SLUGS:
        free = sum(one.free and capability in one.capabilities for one in teams)
        wanted = sum(need.count for need in needs if need.must and need.capability == capability)
        covered = sum(
            sum(need.must and need.capability == capability for need in choice.covers) for choice in found.choices
        )
        missing = sum(one.missing for one in found.unmet if one.need.must and one.need.capability == capability)
        assert covered == min(free, wanted)
        assert missing == wanted - covered
    assert most is None or all(one.cut == 0 for one in found.unmet if one.need.must)


@slow_machine
@given(needs, teams, one_team, limits)
def test_one_team_more_never_makes_it_worse(needs: list[Need], teams: list[Team], more: Team, most: int | None) -> None:
    before = propose(needs, [one for one in teams if one.id != more.id], most=most)
    after = propose(needs, [*(one for one in teams if one.id != more.id), more], most=most)

    def missing(proposal: Proposal) -> dict[tuple[str, bool], int]:
        found: dict[tuple[str, bool], int] = {}
        for one in proposal.unmet:
            key = one.need.capability, one.need.must
            found[key] = found.get(key, 0) + one.missing
        return found

    assert all(count <= missing(before).get(key, 0) for key, count in missing(after).items())


@slow_machine
@given(needs, teams, limits, st.randoms())
def test_the_order_of_the_question_does_not_matter(
    needs: list[Need], teams: list[Team], most: int | None, random: object
) -> None:
    mixed_needs, mixed_teams = list(needs), list(teams)
    random.shuffle(mixed_needs)  # type: ignore[attr-defined]
    random.shuffle(mixed_teams)  # type: ignore[attr-defined]
    assert propose(mixed_needs, mixed_teams, most=most) == propose(needs, teams, most=most)


@slow_machine
@given(needs, teams)
def test_no_free_rested_team_that_is_nearer_was_passed_over(needs: list[Need], teams: list[Team]) -> None:
    found = propose(needs, teams)
    sent = set(chosen(found))
    for choice in found.choices:
        for need in choice.covers:
            for other in teams:
                if other.free and not other.tired and need.capability in other.capabilities and other.id not in sent:
                    assert choice.seconds is not None or other.seconds is None
                    assert other.seconds is None or (choice.seconds or 0) <= other.seconds


def test_equal_teams_are_told_apart_by_their_key() -> None:
    twins = [team(7, "rescue_cutting"), replace(team(3, "rescue_cutting"), name="队7")]
    assert chosen(propose([CUT], twins)) == [3]
