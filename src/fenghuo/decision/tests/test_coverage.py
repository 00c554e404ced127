"""What a coverage promises (docs/algorithms/coverage.md); every expected number is counted by hand beside it."""

from dataclasses import replace

import numpy as np
import pytest

from fenghuo.decision.coverage import Coverage, Demand, Matrix, Measure, People, Site, Threshold, Why, cover, said
from fenghuo.decision.questions import BadQuestion

VILLAGES = [Demand("a", "甲村", 100), Demand("b", "乙村"), Demand("c", "丙村", 50), Demand("d", "丁村", 7)]
TEAMS = [Site("1", "一队"), Site("2", "二队")]
FIVE, TEN = Threshold(Measure.MINUTES, 5), Threshold(Measure.MINUTES, 10)
#             一队  二队
SECONDS: Matrix = [[300, 200], [400, None], [None, None], [900, 601]]


def asked(**said: object) -> Coverage:
    question = {"demands": VILLAGES, "sites": TEAMS, "thresholds": [FIVE, TEN], "seconds": SECONDS} | said
    return cover(**question)  # type: ignore[arg-type]


def test_what_takes_exactly_so_long_is_within() -> None:
    five, ten = asked().within
    assert (five.covered, five.uncovered, five.twice) == (("a",), ("b", "c", "d"), ("a",))
    assert (ten.covered, ten.uncovered, ten.once) == (("a", "b"), ("c", "d"), {"b": "1"})
    assert (five.share, ten.share) == (1 / 4, 2 / 4)


def test_an_unknown_population_is_said_and_never_added_as_nought() -> None:
    _five, ten = asked().within
    assert ten.people == People(known=100, unknown=1)
    assert ten.people_share == 100 / 157
    nobody_knows = [replace(one, people=None) for one in VILLAGES]
    assert asked(demands=nobody_knows).within[1].people_share is None
    assert "人口都不详" in said(asked(demands=nobody_knows).reasons[0], "zh")


def test_the_worst_served_come_first_and_nothing_is_infinite() -> None:
    found = asked()
    assert [(one.demand.id, one.site and one.site.id, one.cost) for one in found.worst] == [
        ("c", None, None),
        ("d", "2", 601),
        ("b", "1", 400),
        ("a", "2", 200),
    ]
    assert [one.demand.id for one in found.unreachable] == ["c"]
    assert (found.served[0].next_site, found.served[0].next_cost) == (TEAMS[0], 300)
    assert "inf" not in str(found)


def test_of_those_that_nobody_reaches_the_most_people_come_first() -> None:
    found = asked(seconds=[[None, None]] * 4)
    assert [one.demand.id for one in found.worst] == ["a", "c", "d", "b"]


def test_what_hangs_on_one_site_is_named_at_that_site() -> None:
    one, two = asked().within[1].sites
    assert (one.covers, one.alone, one.alone_people) == (2, ("b",), People(0, 1))
    assert (two.covers, two.alone, two.alone_people) == (1, (), People(0, 0))


def test_of_two_equally_near_the_lower_id_is_taken_in_whatever_order_they_are_given() -> None:
    for sites in (TEAMS, TEAMS[::-1]):
        found = cover([VILLAGES[0]], sites, [TEN], seconds=[[60, 60]])
        assert found.served[0].site == TEAMS[0]
        assert found.served[0].next_site == TEAMS[1]


def test_what_has_no_position_is_listed_and_in_no_figure() -> None:
    demands = [*VILLAGES[:3], replace(VILLAGES[3], placed=False)]
    found = asked(demands=demands, sites=[TEAMS[0], replace(TEAMS[1], placed=False)])
    assert [one.id for one in found.unplaced] == ["d"]
    assert [one.id for one in found.unplaced_sites] == ["2"]
    assert found.within[1].uncovered == ("c",)
    assert found.within[1].share == 2 / 3
    assert found.served[3].site is None
    assert "d" not in [one.demand.id for one in found.worst]
    assert {Why.UNPLACED, Why.UNPLACED_SITES} <= {one.code for one in found.reasons}


def test_with_no_position_at_all_there_is_no_share() -> None:
    found = cover([Demand("a", "甲村", 5, placed=False)], TEAMS, [TEN], seconds=[[1, 1]])
    assert (found.within[0].share, found.within[0].people_share, found.worst) == (None, None, ())


def test_metres_and_minutes_may_be_asked_together() -> None:
    near = Threshold(Measure.METRES, 800)
    found = asked(thresholds=[FIVE, near, TEN], metres=[[900, 800], [700, 801], [None, None], [1, 1]])
    assert found.within[1].covered == ("a", "b", "d")
    assert found.measure is Measure.MINUTES
    assert asked(seconds=None, metres=SECONDS, thresholds=[near]).measure is Measure.METRES


def test_an_array_says_by_infinity_what_cannot_be_reached() -> None:
    array = np.array([[300, 200], [400, np.inf], [np.inf, np.inf], [900, 601]])
    assert asked(seconds=array) == asked()


def test_reasons_begin_with_what_is_worst() -> None:
    found = asked(estimate=True)
    sentences = [said(one, "zh-hans") for one in found.reasons]
    assert sentences[0] == "从哪里都到不了的有 1 处，50 人：丙村"
    assert sentences[1] == "10 分钟内到不了的有 2 处，57 人，最远的是丁村 等"
    assert "10 分钟内只靠“一队”的有 1 处，人口都不详，它一旦用不上就再没有别的能到：乙村" in sentences
    assert "10 分钟内能到 2 处，共 4 处，100 人（另有 1 处人口不详）" in sentences
    assert found.reasons[-1].code is Why.ESTIMATE
    english = [said(one, "en") for one in found.reasons]
    assert english[0] == "Cannot be reached from anywhere: 1, 50 people (丙村)"
    assert (
        "Reached by “一队” alone within 10 min: 1, nobody knows how many people; without it by nobody (乙村)" in english
    )


NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("said_wrong", "field"),
    [
        ({"demands": []}, "demands"),
        ({"sites": []}, "sites"),
        ({"thresholds": []}, "thresholds"),
        ({"demands": [*VILLAGES[:3], replace(VILLAGES[3], id="a")]}, "demands[3].id"),
        ({"sites": [TEAMS[0], TEAMS[0]]}, "sites[1].id"),
        ({"demands": [replace(VILLAGES[0], people=-1), *VILLAGES[1:]]}, "demands[0].people"),
        ({"demands": [replace(VILLAGES[0], people=True), *VILLAGES[1:]]}, "demands[0].people"),
        ({"demands": [replace(VILLAGES[0], people=10**30), *VILLAGES[1:]]}, "demands[0].people"),
        ({"seconds": SECONDS[:3]}, "seconds"),
        ({"seconds": [[1, 2], [1], [1, 2], [1, 2]]}, "seconds[1]"),
        ({"seconds": [[1, 2], [1, NAN], [1, 2], [1, 2]]}, "seconds[1][1]"),
        ({"seconds": [[1, 2], [1, None], [1, INFINITE], [1, 2]]}, "seconds[2][1]"),
        ({"seconds": [[1, 2], [1, None], [1, 2], [-0.5, 2]]}, "seconds[3][0]"),
        ({"seconds": [[1, 2], [1, "far"], [1, 2], [1, 2]]}, "seconds"),
        ({"seconds": np.array([[1, 2], [1, NAN], [1, 2], [1, 2]])}, "seconds[1][1]"),
        ({"thresholds": [TEN, FIVE]}, "thresholds[1]"),
        ({"thresholds": [TEN, TEN]}, "thresholds[1]"),
        ({"thresholds": [Threshold(Measure.MINUTES, 0)]}, "thresholds[0]"),
        ({"thresholds": [Threshold(Measure.MINUTES, NAN)]}, "thresholds[0]"),
        ({"thresholds": [Threshold(Measure.METRES, 500)]}, "thresholds[0]"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field_with_a_way_out(said_wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        asked(**said_wrong)
    (fault,) = refused.value.faults
    assert fault.field == field
    assert fault.said("zh")
    assert fault.said("en")
    assert field in str(refused.value)
