"""Who draws, visits, answers for what was found and looks again; and who sees which part of a round."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotAllowed, NotFound
from fenghuo.readiness.plans.checks.selectors import item_by, items, round_by, rounds
from fenghuo.readiness.plans.checks.services import (
    assign_item,
    correct_finding,
    create_round,
    draw_round,
    finish_item,
    keep_answers,
    start_round,
    verify_finding,
)
from fenghuo.readiness.plans.models import Finding
from tests.county import County

from .check_rounds import all_said, begun, checked, drafted, drawn, item_of


def test_only_an_emergency_office_or_a_township_organises_and_only_for_itself(county: County) -> None:
    said = drafted(county)
    values = {"title": "检查", "from_day": said.from_day, "to_day": said.to_day, "shares": {"village": 1}}
    assert create_round(by=county.actor("emo", "clerk"), unit=county.units["emo"], **values)  # type: ignore[arg-type]
    for unit, role in (("education", "clerk"), ("village", "head"), ("emo", "observer")):
        with pytest.raises(NotAllowed):
            create_round(by=county.actor(unit, role), unit=county.units[unit], **values)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        create_round(by=county.actor("a", "clerk"), unit=county.units["emo"], **values)  # type: ignore[arg-type]


def test_only_the_organiser_draws(county: County) -> None:
    own = drafted(county, unit="a", parts=[])
    with pytest.raises(NotAllowed):  # the county sees a township's own round, and leaves it to it
        draw_round(own, by=county.actor("emo", "clerk"))
    with pytest.raises(NotFound):
        draw_round(own, by=county.actor("b", "clerk"))
    with pytest.raises(NotAllowed):
        draw_round(own, by=county.actor("a", "duty_officer"))
    assert draw_round(own, by=county.actor("a", "clerk")).seed


def test_until_it_begins_only_the_organiser_sees_who_was_drawn(county: County) -> None:
    round_ = drawn(county)
    assert items(county.actor("emo", "clerk")).count() == 4
    for unit in ("village", "a", "education"):
        assert not items(county.actor(unit, "clerk")).exists(), unit
    start_round(round_, by=SYSTEM)
    assert items(county.actor("village", "clerk")).count() == 1
    assert items(county.actor("education", "clerk")).count() == 1
    assert items(county.actor("b", "clerk")).count() == 0


def test_who_takes_part_sees_the_round_and_others_do_not(county: County) -> None:
    round_ = begun(county)
    assert round_by(county.actor("education", "clerk"), round_.record.number) == round_
    for unit in ("village", "b", "transport", "neighbour"):
        assert not rounds(county.actor(unit, "clerk")).exists(), unit


def test_only_who_visits_or_organises_answers_and_nobody_for_itself(county: County) -> None:
    round_ = begun(county)
    item = item_of(round_, county, "village")
    said = all_said(item)
    for unit, role, refusal in (
        ("village", "head", NotAllowed),
        ("education", "clerk", NotFound),
        ("b", "clerk", NotFound),
        ("a", "observer", NotAllowed),
    ):
        with pytest.raises(refusal):
            keep_answers(item, said, by=county.actor(unit, role))
    assert {out.how for out in keep_answers(item, said, by=county.actor("a", "member"))} == {"kept"}
    assert finish_item(item, by=county.actor("emo", "clerk")).checked_by is not None


def test_another_unit_is_given_it_and_sees_it_then(county: County) -> None:
    round_ = begun(county)
    item = item_of(round_, county, "village")
    clerk = county.actor("education", "clerk")
    with pytest.raises(NotFound):
        item_by(clerk, item.record.number)
    assign_item(item, by=county.actor("emo", "clerk"), checker=county.units["education"])
    assert item_by(clerk, item.record.number) == item
    with pytest.raises(NotAllowed):
        assign_item(item, by=county.actor("emo", "clerk"), checker=county.units["village"])


def test_the_unit_says_what_it_put_right_and_another_verifies(county: County) -> None:
    found = Finding.objects.select_related("item__record__unit__region", "item__round__record").get(
        item=checked(item_of(begun(county), county, "village"))
    )
    with pytest.raises(NotAllowed):  # it verifies, so it does not speak for the village
        correct_finding(found, by=county.actor("a", "clerk"), text="已补")
    correct_finding(found, by=county.actor("village", "head"), text="已补")
    with pytest.raises(NotAllowed):
        verify_finding(found, by=county.actor("village", "head"))
    with pytest.raises(NotFound):
        verify_finding(found, by=county.actor("education", "clerk"))
    assert verify_finding(found, by=county.actor("a", "clerk")).state == "verified"
