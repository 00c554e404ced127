"""Siting beside a plain look at every choice there is, written without looking at it; and what must hold of any two."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.decision.siting import Aim, Demand, KindLimit, Question, Site, Standing, propose

slow_machine = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
cost = st.none() | st.sampled_from([0.0, 60.0, 300.0, 300.0, 899.9, 900.0, 900.1, 2400.0]) | st.integers(0, 3000)

type Worth = tuple[float, float]


@st.composite
def questions(
    draw: st.DrawFn, aims: tuple[Aim, ...] = tuple(Aim), limits: bool = False, largest: int = 20_000
) -> Question:
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    people = st.sampled_from([0, 1, 40, 40, 3000, largest])
    standing = st.sampled_from([*[Standing.CANDIDATE] * 4, Standing.EXISTING, Standing.CLOSED])
    kinds = st.sampled_from(["shelter", "depot"])
    sites = [
        Site(f"s{n}", f"点{n}", draw(kinds), draw(standing), cost=draw(st.integers(0, 5)) if limits else 0)
        for n in range(columns)
    ]
    matrix = draw(st.lists(st.lists(cost, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return Question(
        demands=[
            Demand(f"d{n}", f"村{n}", draw(people), draw(st.sampled_from([True, True, True, False])))
            for n in range(rows)
        ],
        sites=sites,
        seconds=matrix,
        aim=draw(st.sampled_from(aims)),
        new=draw(st.integers(0, 4)),
        within_minutes=15,
        budget=draw(st.integers(0, 9)) if limits else None,
        kinds=[KindLimit("depot", most=draw(st.integers(0, 2)))] if limits else [],
    )


def worth(asked: Question, open_: list[int]) -> Worth:
    """(people left out, value where less is better), counted pair by pair in tenths of a second."""
    out, time, far = 0, 0, 0
    for row, demand in enumerate(asked.demands):
        people = demand.people or 0
        if not demand.placed or not people:
            continue
        ways = [round(10 * float(asked.seconds[row][one])) for one in open_ if asked.seconds[row][one] is not None]  # type: ignore[arg-type]
        nearest = min(ways, default=None)
        if nearest is None or (asked.aim is Aim.COVER and nearest > 9000):
            out += people
        else:
            time += people * nearest
            far = max(far, nearest)
    return out, {Aim.MEDIAN: time, Aim.CENTRE: far, Aim.COVER: 0}[asked.aim]


def allowed(asked: Question) -> list[list[int]]:
    """Every choice of new ones that the question allows, with what exists."""
    there = [place for place, one in enumerate(asked.sites) if one.standing is Standing.EXISTING]
    free = [place for place, one in enumerate(asked.sites) if one.standing is Standing.CANDIDATE]
    assert asked.new is not None
    found = []
    for number in range(asked.new + 1):
        for new in combinations(free, number):
            kinds = [asked.sites[one].kind for one in new]
            dear = asked.budget is not None and sum(asked.sites[one].cost for one in new) > asked.budget
            many = any(one.most is not None and kinds.count(one.kind) > one.most for one in asked.kinds)
            lacks = {place for place, one in enumerate(asked.sites) if one.wanted} - set(new)
            if not dear and not many and not lacks:
                found.append([*there, *new])
    return found


def of(asked: Question) -> Worth:
    """What the proposal is worth, counted again from the sites it names; it must say the same, proven."""
    found = propose(asked)
    ids = [one.id for one in asked.sites]
    open_ = [place for place, one in enumerate(asked.sites) if one.standing is Standing.EXISTING]
    counted = worth(asked, [*open_, *(ids.index(one.id) for one in found.chosen)])
    assert found.worth.left_out == found.worth.left_out_bound == counted[0]
    if asked.aim is Aim.COVER:
        assert found.worth.value == found.worth.people - counted[0]
    else:
        assert found.worth.value * 10 == pytest.approx(counted[1], abs=0.01)
    assert found.worth.proven
    assert found.worth.bound == found.worth.value
    return counted


@slow_machine
@given(questions())
def test_no_choice_is_better(asked: Question) -> None:
    assert of(asked) == min(worth(asked, one) for one in allowed(asked))


@slow_machine
@given(questions(limits=True))
def test_no_choice_is_better_within_a_budget_and_limits_of_kinds(asked: Question) -> None:
    assert of(asked) == min(worth(asked, one) for one in allowed(asked))


@slow_machine
@given(questions(), st.data())
def test_one_more_site_never_makes_it_worse(asked: Question, data: st.DataObject) -> None:
    column = data.draw(st.lists(cost, min_size=len(asked.demands), max_size=len(asked.demands)))
    more: Any = [[*row, one] for row, one in zip(asked.seconds, column, strict=True)]
    assert of(replace(asked, sites=[*asked.sites, Site("new", "新点")], seconds=more)) <= of(asked)


@slow_machine
@given(questions())
def test_one_more_allowed_never_makes_it_worse_and_the_curve_says_so(asked: Question) -> None:
    assert asked.new is not None
    assert of(replace(asked, new=asked.new + 1)) <= of(asked)
    steps = propose(asked).curve
    for number, step in enumerate(steps, 1):
        assert step.number == number
        best = min(worth(asked, one) for one in allowed(replace(asked, new=number)))
        assert step.worth.left_out == best[0]
        if asked.aim is not Aim.COVER:
            assert step.worth.value * 10 == pytest.approx(best[1], abs=0.01)


@slow_machine
@given(questions(limits=True), st.data())
def test_a_wish_dropped_never_costs(asked: Question, data: st.DataObject) -> None:
    free = [place for place, one in enumerate(asked.sites) if one.standing is Standing.CANDIDATE]
    if not free or not asked.new:
        return
    place = data.draw(st.sampled_from(free))
    sites = [replace(one, cost=0, wanted=at == place) if at == place else one for at, one in enumerate(asked.sites)]
    wished = replace(asked, sites=sites, kinds=[])
    best = min(worth(wished, one) for one in allowed(wished))
    assert of(wished) == best
    assert of(replace(wished, sites=[replace(one, wanted=False) for one in sites])) <= best
    assert of(replace(wished, budget=None)) <= best


@slow_machine
@given(questions())
def test_without_each_chosen_site_it_is_what_the_best_other_choice_is_worth(asked: Question) -> None:
    for one in propose(asked).without:
        place = [site.id for site in asked.sites].index(one.site.id)
        best = min(worth(asked, other) for other in allowed(asked) if place not in other)
        assert one.worth is not None
        assert one.worth.left_out == best[0]
        assert one.more_left_out >= 0


@slow_machine
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_question_does_not_matter(asked: Question, random: Any) -> None:
    rows, columns = list(range(len(asked.demands))), list(range(len(asked.sites)))
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = replace(
        asked,
        demands=[asked.demands[row] for row in rows],
        sites=[asked.sites[column] for column in columns],
        seconds=[[asked.seconds[row][column] for column in columns] for row in rows],
    )
    assert propose(mixed).chosen == propose(asked).chosen
    assert propose(mixed).worth == propose(asked).worth


@slow_machine
@given(questions(aims=(Aim.MEDIAN, Aim.COVER)))
def test_nothing_opens_in_vain_and_no_lower_id_would_do_as_well(asked: Question) -> None:
    found = propose(asked)
    ids = [one.id for one in asked.sites]
    there = [place for place, one in enumerate(asked.sites) if one.standing is Standing.EXISTING]
    new = [ids.index(one.id) for one in found.chosen]
    for place in new:
        rest = [*there, *(one for one in new if one != place)]
        assert worth(asked, rest) > of(asked)
        for lower in range(place):
            if asked.sites[lower].standing is Standing.CANDIDATE and lower not in new:
                assert worth(asked, [*rest, lower]) > of(asked)


@pytest.mark.parametrize("limits", [False, True])
@slow_machine
@given(st.data())
def test_a_million_to_one_may_be_left_unproven_but_never_wrongly_proven(limits: bool, data: st.DataObject) -> None:
    asked = data.draw(questions(limits=limits, largest=2_000_000))
    best, found = min(worth(asked, one) for one in allowed(asked)), propose(asked).worth
    assert found.left_out_bound <= best[0] <= found.left_out
    if found.proven:
        assert found.left_out == best[0]
