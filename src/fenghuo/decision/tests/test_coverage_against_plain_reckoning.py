"""Coverage beside a plain one, pair by pair, written without looking at it; and what must hold of any two."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.decision.coverage import Coverage, Demand, Measure, Site, Threshold, cover

LIMITS = [5, 10, 30]
THRESHOLDS = [Threshold(Measure.MINUTES, most) for most in LIMITS]
cost = st.none() | st.sampled_from([0.0, 299.9, 300.0, 300.1, 600.0, 1800.0, 1801.0]) | st.floats(0, 4000)

slow_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

type Question = tuple[list[Demand], list[Site], list[list[float | None]]]


@st.composite
def questions(draw: st.DrawFn, most_demands: int = 8, most_sites: int = 5) -> Question:
    rows, columns = draw(st.integers(1, most_demands)), draw(st.integers(1, most_sites))
    people = st.none() | st.sampled_from([0, 1, 40, 40, 3000])
    demands = [Demand(f"d{n}", f"村{n}", draw(people), draw(st.sampled_from([True, True, False]))) for n in range(rows)]
    sites = [Site(f"s{n}", f"队{n}", draw(st.sampled_from([True, True, True, False]))) for n in range(columns)]
    return (
        demands,
        sites,
        draw(st.lists(st.lists(cost, min_size=columns, max_size=columns), min_size=rows, max_size=rows)),
    )


def asked(question: Question, thresholds: list[Threshold] = THRESHOLDS) -> Coverage:
    demands, sites, matrix = question
    return cover(demands, sites, thresholds, seconds=matrix)


def reaching(question: Question, demand: int, most: float) -> list[str]:
    """Ids of the sites that are there in time: one comparison a pair."""
    demands, sites, matrix = question
    found = []
    for place, site in enumerate(sites):
        seconds = matrix[demand][place]
        if demands[demand].placed and site.placed and seconds is not None and seconds <= most * 60:
            found.append(site.id)
    return found


@slow_machine
@given(questions())
def test_it_is_what_one_counts_pair_by_pair(question: Question) -> None:
    demands, sites, _matrix = question
    found = asked(question)
    for most, within in zip(LIMITS, found.within, strict=True):
        reached = {one.id: reaching(question, place, most) for place, one in enumerate(demands) if one.placed}
        people = {one.id: one.people for one in demands}
        assert list(within.covered) == [key for key, by in reached.items() if by]
        assert list(within.uncovered) == [key for key, by in reached.items() if not by]
        assert list(within.twice) == [key for key, by in reached.items() if len(by) >= 2]
        assert within.once == {key: by[0] for key, by in reached.items() if len(by) == 1}
        there = [people[key] for key, by in reached.items() if by]
        assert within.people.known == sum(one for one in there if one is not None)
        assert within.people.unknown == there.count(None)
        for site in within.sites:
            assert site.covers == sum(site.site.id in by for by in reached.values())
            assert list(site.alone) == [key for key, by in reached.items() if by == [site.site.id]]
        assert {at.site.id for at in within.sites} == {one.id for one in sites}


@slow_machine
@given(questions())
def test_nearest_and_worst_are_what_one_finds_by_looking(question: Question) -> None:
    demands, sites, matrix = question
    found = asked(question)
    for place, served in enumerate(found.served):
        ways = [
            (seconds, site.id)
            for site, seconds in zip(sites, matrix[place], strict=True)
            if seconds is not None and site.placed and demands[place].placed
        ]
        said = [
            (served.cost, served.site and served.site.id),
            (served.next_cost, served.next_site and served.next_site.id),
        ]
        assert [one for one in said if one[1] is not None] == sorted(ways)[:2]
    costs = [one.cost for one in found.worst]
    known = [one for one in costs if one is not None]
    assert costs == [None] * (len(costs) - len(known)) + sorted(known, reverse=True)
    assert {one.demand.id for one in found.worst} == {one.id for one in demands if one.placed}


@slow_machine
@given(questions(), st.data())
def test_one_site_more_never_makes_it_worse(question: Question, data: st.DataObject) -> None:
    demands, sites, matrix = question
    column = data.draw(st.lists(cost, min_size=len(demands), max_size=len(demands)))
    more = demands, [*sites, Site("new", "新队")], [[*row, one] for row, one in zip(matrix, column, strict=True)]
    for before, after in zip(asked(question).within, asked(more).within, strict=True):
        assert set(before.covered) <= set(after.covered)
        assert set(before.twice) <= set(after.twice)
        assert before.people.known <= after.people.known
    for one, other in zip(asked(question).served, asked(more).served, strict=True):
        assert one.cost is None or (other.cost is not None and other.cost <= one.cost)


@slow_machine
@given(questions())
def test_a_longer_threshold_never_covers_fewer(question: Question) -> None:
    for shorter, longer in pairwise(asked(question).within):
        assert set(shorter.covered) <= set(longer.covered)
        assert set(shorter.twice) <= set(longer.twice)
        assert shorter.people.known <= longer.people.known


@slow_machine
@given(questions(), st.data())
def test_a_closure_never_covers_more(question: Question, data: st.DataObject) -> None:
    """Closing makes each time longer, or takes the way; never the other way round."""
    demands, sites, matrix = question
    longer = st.none() | st.floats(1, 9)
    closed = [[None if one is None or (by := data.draw(longer)) is None else one * by for one in row] for row in matrix]
    for before, after in zip(asked(question).within, asked((demands, sites, closed)).within, strict=True):
        assert set(after.covered) <= set(before.covered)
        assert set(after.twice) <= set(before.twice)
        assert after.people.known <= before.people.known


@slow_machine
@given(questions())
def test_without_a_site_exactly_what_it_covers_alone_loses_cover(question: Question) -> None:
    demands, sites, matrix = question
    found = asked(question)
    if len(sites) == 1:
        return
    for place, gone in enumerate(sites):
        rest = demands, sites[:place] + sites[place + 1 :], [row[:place] + row[place + 1 :] for row in matrix]
        for before, after in zip(found.within, asked(rest).within, strict=True):
            (at,) = [one for one in before.sites if one.site.id == gone.id]
            assert set(before.covered) - set(after.covered) == set(at.alone)


@slow_machine
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_question_does_not_matter(question: Question, random: object) -> None:
    demands, sites, matrix = question
    rows, columns = list(range(len(demands))), list(range(len(sites)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    mixed = asked(
        (
            [demands[row] for row in rows],
            [sites[column] for column in columns],
            [[matrix[row][column] for column in columns] for row in rows],
        )
    )
    found = asked(question)
    assert mixed.worst == found.worst
    for one, other in zip(mixed.within, found.within, strict=True):
        assert (one.once, one.people, one.share) == (other.once, other.people, other.share)
        assert [(at.site, at.covers, set(at.alone)) for at in one.sites] == [
            (at.site, at.covers, set(at.alone)) for at in other.sites
        ]
