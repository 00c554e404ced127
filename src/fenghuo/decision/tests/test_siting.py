"""What a siting promises (docs/algorithms/siting.md); every expected number is counted by hand beside it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fenghuo.decision.questions import BadQuestion
from fenghuo.decision.siting import Aim, Demand, KindLimit, Question, Site, Standing, Why, propose, said

VILLAGES = [Demand("a", "甲村", 100), Demand("b", "乙村", 300), Demand("c", "丙村", 50)]
SITES = [
    Site("1", "老体育场", "shelter", Standing.EXISTING),
    Site("2", "中学", "shelter", cost=30),
    Site("3", "广场", "square", cost=10),
    Site("4", "粮库", "depot", cost=20),
]
#                    1    2    3     4
SECONDS: list[list[float | None]] = [[600, 300, 900, 600], [1200, 600, 660, 1200], [1800, 1500, None, 60]]
ASKED = Question(VILLAGES, SITES, SECONDS, Aim.MEDIAN, 1)
CUT_OFF: list[float | None] = [None] * 4
FAR: list[float | None] = [None, None, 80_000, None]
NAN, INFINITE = float("nan"), float("inf")


def chosen(asked: Question) -> list[str]:
    return [one.id for one in propose(asked).chosen]


def test_the_least_time_together_is_proven_and_says_what_it_was_before() -> None:
    found = propose(ASKED)
    assert [one.id for one in found.chosen] == ["2"]
    assert found.today.value == 100 * 600 + 300 * 1200 + 50 * 1800
    assert found.worth.value == found.worth.bound == 100 * 300 + 300 * 600 + 50 * 1500
    assert found.worth.mean_s == pytest.approx(285_000 / 450)
    assert found.worth.proven


def test_each_aim_chooses_its_own() -> None:
    assert chosen(replace(ASKED, aim=Aim.CENTRE)) == ["4"]  # 1200 at most, against 1500 and 1800
    assert chosen(replace(ASKED, aim=Aim.COVER, within_minutes=10)) == ["2"]  # 400 people, against 150
    assert chosen(
        replace(ASKED, aim=Aim.COVER, within_minutes=11, sites=[*SITES[:1], replace(SITES[1], cost=0), *SITES[2:]])
    ) == ["2"]


def test_the_curve_says_what_the_next_one_brings_and_who_could_stand_in() -> None:
    found = propose(replace(ASKED, new=3))
    assert [(one.number, [site.id for site in one.sites]) for one in found.curve] == [
        (1, ["2"]),
        (2, ["2", "4"]),
        (3, ["2", "4"]),
    ]
    assert [one.gain for one in found.curve] == [510_000 - 285_000, 285_000 - 213_000, 0]
    assert [(one.site.id, [other.id for other in one.instead]) for one in found.without] == [("4", []), ("2", ["3"])]
    assert [one.loss for one in found.without] == [72_000, 100 * 600 + 300 * 660 + 50 * 60 - 213_000]
    assert found.reasons[0].code is Why.FEWER_DO


def test_villages_are_in_the_order_of_the_question_with_before_and_after() -> None:
    rows = [(one.demand.id, one.before_s, one.after_s, one.after[0].site.id) for one in propose(ASKED).villages]
    assert rows == [("a", 600, 300, "2"), ("b", 1200, 600, "2"), ("c", 1800, 1500, "2")]


def test_who_cannot_be_reached_comes_first_and_never_as_infinity() -> None:
    cut = [*VILLAGES, Demand("z", "孤村", 9)]
    found = propose(replace(ASKED, demands=cut, seconds=[*SECONDS, CUT_OFF]))
    assert [one.demand.id for one in found.unreachable] == ["z"]
    assert (found.worth.left_out, found.worth.value) == (9, 285_000)
    assert (found.reasons[0].code, found.reasons[0].people, found.reasons[0].names) == (Why.UNREACHABLE, 9, ("孤村",))
    assert "inf" not in str(found)


def test_rather_a_longer_time_for_all_than_one_who_is_left_out() -> None:
    far = [*VILLAGES, Demand("z", "远村", 1)]
    found = propose(replace(ASKED, demands=far, seconds=[*SECONDS, FAR]))
    assert [one.id for one in found.chosen] == ["3"]
    assert found.worth.left_out == 0


def test_a_million_to_one_is_reckoned_exactly() -> None:
    heavy = [Demand("a", "县城", 1_000_000), Demand("b", "小村", 1)]
    sites = [Site("1", "一"), Site("2", "二"), Site("3", "三")]
    found = propose(Question(heavy, sites, [[300, 300, 301], [900, 899, 0]], new=1))
    assert [one.id for one in found.chosen] == ["2"]
    assert found.worth.value == 300_000_899


def test_an_unknown_population_counts_like_a_middling_place_and_it_is_said() -> None:
    found = propose(replace(ASKED, demands=[*VILLAGES[:2], replace(VILLAGES[2], people=None)]))
    assert found.worth.people == 100 + 300 + 100
    assert "人口不详，每处按 100 人计算" in " ".join(said(one, "zh") for one in found.reasons)


def test_of_equals_the_lower_ids_are_taken_and_nothing_opens_in_vain() -> None:
    twins = [Site("b", "乙"), Site("a", "甲"), Site("c", "丙")]
    assert chosen(Question([Demand("d", "村", 5)], twins, [[60, 60, 60]], new=3)) == ["a"]


def test_with_all_sites_closed_nothing_is_proposed_and_everybody_is_named() -> None:
    found = propose(replace(ASKED, sites=[replace(one, standing=Standing.CLOSED) for one in SITES]))
    assert (found.chosen, found.worth.left_out) == ((), 450)
    assert [one.code for one in found.reasons[:2]] == [Why.NO_CANDIDATES, Why.UNREACHABLE]


def test_a_budget_buys_the_best_it_can() -> None:
    found = propose(replace(ASKED, new=None, budget=30))
    assert ([one.id for one in found.chosen], found.spent) == (["3", "4"], 30)  # 261,000 against 285,000
    assert found.worth.value == 100 * 600 + 300 * 660 + 50 * 60
    assert chosen(replace(ASKED, new=None, budget=5)) == []


def test_kinds_are_limited_and_wanted_sites_are_taken() -> None:
    assert chosen(replace(ASKED, kinds=[KindLimit("shelter", most=0)])) == ["3"]
    assert chosen(replace(ASKED, kinds=[KindLimit("depot", least=1)])) == ["4"]
    wanted = [*SITES[:3], replace(SITES[3], wanted=True)]
    found = propose(replace(ASKED, sites=wanted))
    assert [one.id for one in found.chosen] == ["4"]
    assert Why.WANTED in [one.code for one in found.reasons]


def test_needs_that_cannot_all_be_met_are_said_to_contradict_each_other() -> None:
    found = propose(replace(ASKED, new=2, budget=15, kinds=[KindLimit("shelter", least=1)]))
    assert (found.possible, found.chosen, found.reasons[0].code) == (False, (), Why.CONTRADICTORY)
    assert found.worth.value == found.today.value


def test_without_proof_the_bound_says_how_much_better_it_might_be() -> None:
    dice = np.random.default_rng(610118)
    demands = [Demand(f"{row:03}", f"村{row}", int(people)) for row, people in enumerate(dice.integers(1, 999, 100))]
    sites = [Site(f"{row:02}", "点") for row in range(40)]
    asked = Question(demands, sites, dice.uniform(0, 3000, (100, 40)), Aim.COVER, 6, 5.0, effort=1e-9)
    hasty, longer = propose(asked), propose(replace(asked, effort=0.5))
    assert not hasty.worth.proven
    assert hasty.worth.value <= longer.worth.value <= longer.worth.bound <= hasty.worth.bound
    assert Why.GAP in [one.code for one in hasty.reasons]


def test_reasons_read_well_in_both_languages() -> None:
    found = propose(replace(ASKED, new=2))
    assert [said(one, "zh-hans") for one in found.reasons] == [
        "平均到达时间由 18.9 分钟变为 7.9 分钟",
        "“中学”服务 2 处，400 人：乙村、甲村",
        "不选“中学”，平均到达时间增加 22.5 %（改选 广场）",
        "“粮库”服务 1 处，50 人：丙村",
        "不选“粮库”，平均到达时间增加 33.8 %",
        "第 2 个点使平均到达时间缩短 25.3 %",
        "已证明：在所列条件下没有更好的方案",
    ]
    assert [said(one, "en") for one in found.reasons] == [
        "The mean time: from 18.9 to 7.9 min",
        "“中学” serves 2 places, 400 people (乙村, 甲村)",
        "Without “中学” the mean time grows by 22.5 % (with 广场 instead)",
        "“粮库” serves 1 place, 50 people (丙村)",
        "Without “粮库” the mean time grows by 33.8 %",
        "Site number 2 makes the mean time 25.3 % shorter",
        "Proven: nothing better exists under these conditions",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"demands": []}, "demands"),
        ({"sites": []}, "sites"),
        ({"demands": [*VILLAGES[:2], VILLAGES[0]]}, "demands[2].id"),
        ({"sites": [*SITES[:3], SITES[0]]}, "sites[3].id"),
        ({"demands": [replace(VILLAGES[0], people=-1), *VILLAGES[1:]]}, "demands[0].people"),
        ({"demands": [replace(VILLAGES[0], people=10**9), *VILLAGES[1:]], "seconds": [[9e6] * 4] * 3}, "demands"),
        ({"sites": [replace(SITES[0], cost=-1), *SITES[1:]]}, "sites[0].cost"),
        ({"sites": [*SITES[:3], replace(SITES[3], capacity=-1)]}, "sites[3].capacity"),
        ({"sites": [replace(SITES[0], wanted=True), *SITES[1:]]}, "sites[0].wanted"),
        ({"seconds": SECONDS[:2]}, "seconds"),
        ({"seconds": [[1, 2, 3, NAN], *SECONDS[1:]]}, "seconds[0][3]"),
        ({"seconds": [[1, 2, 3, -4], *SECONDS[1:]]}, "seconds[0][3]"),
        ({"seconds": [[1, 2, 3, INFINITE], *SECONDS[1:]]}, "seconds[0][3]"),
        ({"seconds": [[1, 2, 3, 1e9], *SECONDS[1:]]}, "seconds[0][3]"),
        ({"new": None}, "new"),
        ({"new": -1}, "new"),
        ({"budget": -1}, "budget"),
        ({"effort": NAN}, "effort"),
        ({"aim": Aim.COVER}, "within_minutes"),
        ({"within_minutes": NAN}, "within_minutes"),
        ({"kinds": [KindLimit("depot", 2, 1)]}, "kinds[0].least"),
        ({"kinds": [KindLimit("depot", 2)]}, "kinds[0].least"),
        ({"kinds": [KindLimit("depot"), KindLimit("depot")]}, "kinds[1].kind"),
        ({"kinds": [KindLimit("depot", 1), KindLimit("square", 1)]}, "new"),
        (
            {"sites": [*SITES[:3], replace(SITES[3], wanted=True)], "kinds": [KindLimit("depot", most=0)]},
            "kinds[0].most",
        ),
        ({"sites": [*SITES[:3], replace(SITES[3], wanted=True)], "budget": 19}, "budget"),
        ({"sites": [replace(one, wanted=one.id in "234") for one in SITES]}, "new"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field_with_a_way_out(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        propose(replace(ASKED, **wrong))
    (fault,) = refused.value.faults
    assert fault.field == field
    assert fault.said("zh")
    assert fault.said("en")
