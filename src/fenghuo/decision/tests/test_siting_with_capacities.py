"""Shelters have so many places: nobody is left out who need not be, and nobody is counted twice."""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.decision.siting import Aim, Demand, KindLimit, Question, Site, Standing, Why, propose

slow_machine = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """So small that every way to send every single person can be looked at."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    seconds = st.none() | st.sampled_from([0.0, 60.0, 300.0, 900.0])
    standing = st.sampled_from([*[Standing.CANDIDATE] * 3, Standing.EXISTING])
    room = st.none() | st.integers(0, 3)
    return Question(
        demands=[Demand(f"d{n}", f"村{n}", draw(st.integers(0, 2))) for n in range(rows)],
        sites=[Site(f"s{n}", f"点{n}", "", draw(standing), capacity=draw(room)) for n in range(columns)],
        seconds=draw(st.lists(st.lists(seconds, min_size=columns, max_size=columns), min_size=rows, max_size=rows)),
        aim=draw(st.sampled_from([Aim.MEDIAN, Aim.CENTRE])),
        new=draw(st.integers(0, 2)),
        curve=False,
        without=False,
    )


def worth(asked: Question, open_: list[int]) -> tuple[int, float]:
    """(left out, value): person by person, every way to send them."""
    persons = [row for row, one in enumerate(asked.demands) for _each in range(one.people or 0)]
    best = (len(persons) + 1, 0.0)
    for ways in product([None, *open_], repeat=len(persons)):
        times = [asked.seconds[row][site] for row, site in zip(persons, ways, strict=True) if site is not None]
        known = [one for one in times if one is not None]
        full = any(
            capacity is not None and ways.count(site) > capacity
            for site in open_
            for capacity in [asked.sites[site].capacity]
        )
        if full or len(known) < len(times):
            continue
        value = sum(known) if asked.aim is Aim.MEDIAN else max(known, default=0.0)
        best = min(best, (len(persons) - len(known), float(value)))
    return best


@slow_machine
@given(questions())
def test_no_choice_and_no_way_to_send_them_is_better(asked: Question) -> None:
    assert asked.new is not None
    there = [place for place, one in enumerate(asked.sites) if one.standing is Standing.EXISTING]
    free = [place for place, one in enumerate(asked.sites) if one.standing is Standing.CANDIDATE]
    every = [[*there, *new] for number in range(asked.new + 1) for new in combinations(free, number)]
    found = propose(asked)
    assert (found.worth.left_out, found.worth.value) == min(worth(asked, one) for one in every)
    assert found.worth.proven
    for site in asked.sites:
        taken = sum(part.people for one in found.villages for part in one.after if part.site.id == site.id)
        assert site.capacity is None or taken <= site.capacity


def test_a_village_is_divided_when_the_nearest_has_not_room_for_all() -> None:
    sites = [Site("a", "中学", capacity=300), Site("b", "体育场", capacity=500)]
    asked = Question([Demand("d", "大村", 1000)], sites, [[60, 120]], new=2)
    found = propose(asked)
    (village,) = found.villages
    assert [(one.site.id, one.people) for one in village.after] == [("b", 500), ("a", 300)]
    assert (found.worth.left_out, found.worth.proven) == (200, True)
    assert (found.reasons[0].code, found.reasons[0].people) == (Why.NO_ROOM, 200)
    assert propose(replace(asked, sites=[replace(sites[0], capacity=None), sites[1]])).worth.left_out == 0


def test_without_time_for_the_solver_a_choice_that_is_allowed_still_stands_beside_its_bound() -> None:
    sites = [Site(f"{n}", "点", "ab"[n % 2], cost=1 + n, capacity=40 + n) for n in range(9)]
    seconds = [[60.0 * ((7 * row + 5 * column) % 11 + 1) for column in range(9)] for row in range(30)]
    demands = [Demand(f"{row:02}", "村", 10 + row % 7) for row in range(30)]
    asked = Question(demands, sites, seconds, new=4, budget=20, kinds=[KindLimit("b", least=1)], effort=1e-9)
    found, longer = propose(asked), propose(replace(asked, effort=20.0))
    assert found.possible
    assert any(one.kind == "b" for one in found.chosen)
    assert found.worth.left_out_bound <= longer.worth.left_out <= found.worth.left_out
    assert longer.worth.proven
    assert all(one.worth is not None for one in found.without)
