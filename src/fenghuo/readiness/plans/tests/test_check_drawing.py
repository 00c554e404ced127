"""The sample of a round: drawn once, of who must have a plan, so that anybody can draw it again."""

import pytest

from fenghuo.decision.sampling import digest, draw, read
from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.readiness.plans.checks.services import draw_round
from fenghuo.readiness.plans.models import CheckItem, CheckPopulation
from tests.county import County

from .check_rounds import SHARES, drafted, drawn


def test_what_is_kept_lets_anybody_draw_it_again(county: County) -> None:
    round_ = drawn(county)
    text = CheckPopulation.objects.get(round=round_).text
    assert text == (
        "12610118TEST00002A\tschool\t610118007000\n"
        "610118007001\tcommunity\t610118007000\n"
        "610118007226\tvillage\t610118007000\n"
        "91610118TEST00001A\tenterprise\t610118007000\n"
    )
    assert round_.digest == digest(text)
    again = {code for one in draw(read(text), round_.seed, SHARES) for code in one.drawn}
    assert again == set(CheckItem.objects.filter(round=round_).values_list("record__unit__code", flat=True))
    assert Entry.objects.filter(verb="plancheck.drawn").count() == 1


def test_a_round_is_drawn_once_and_again_only_as_a_new_round(county: County) -> None:
    round_ = drawn(county)
    with pytest.raises(WrongState):
        draw_round(round_, by=SYSTEM, seed="another", seed_source="x")
    assert CheckItem.objects.filter(round=round_).count() == 4
    second = drawn(county)
    assert second.record.number != round_.record.number


def test_without_a_seed_the_server_makes_one_and_says_so(county: County) -> None:
    one, two = (draw_round(drafted(county), by=SYSTEM) for _time in range(2))
    assert len(one.seed) == 32
    assert one.seed != two.seed
    assert one.seed_source


def test_a_typed_seed_says_where_it_comes_from(county: County) -> None:
    with pytest.raises(Invalid) as refused:
        draw_round(drafted(county), by=SYSTEM, seed="7")
    assert [fault.field for fault in refused.value.faults] == ["seed_source"]


def test_a_township_draws_in_its_own_place_and_never_itself(county: County) -> None:
    with pytest.raises(Invalid):  # nobody there but itself
        draw_round(drafted(county, unit="b", shares={"township": 1}, parts=[]), by=SYSTEM)
    own = draw_round(drafted(county, unit="a", parts=[]), by=SYSTEM)
    assert set(own.items.values_list("checker", flat=True)) == {county.units["a"].pk}


def test_each_unit_is_visited_by_its_department_or_its_township(county: County) -> None:
    round_ = drawn(county)
    given = dict(round_.items.values_list("record__unit__code", "checker__name"))
    assert given == {
        "12610118TEST00002A": "鄠邑区教育局",
        "610118007001": "草堂街道办事处",
        "610118007226": "草堂街道办事处",
        "91610118TEST00001A": "草堂街道办事处",
    }
