"""Targets and letters in the search of every page."""

from collections.abc import Callable

from django.test import Client

from fenghuo.kernel.access.actor import actor_for_post
from fenghuo.kernel.web.search import Hit, find
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.services import send_letters, withdraw_target
from tests.county import County

from .conftest import in_force


def hits(county: County, unit: str, query: str) -> list[Hit]:
    return [hit for hit in find(county.actor(unit, "head"), query) if hit.url.startswith("/workplan/")]


def test_a_target_is_found_by_its_words_and_its_clause(
    county: County, plan: WorkPlan, target: Callable[..., Target], sign_in: Callable[..., Client]
) -> None:
    wanted, other = target(title="组建100人综合应急队伍"), target(title="开展防汛演练")
    assert hits(county, "village", "综合应急") == []  # a draft is its keeper's
    in_force(plan)
    (hit,) = hits(county, "village", "综合应急")
    urls = [one.url for one in find(county.actor("emo", "head"), "应急")]
    assert len(urls) > 2
    assert urls[-2:] == [one.url for one in hits(county, "emo", "应急")]  # units and all else before them
    assert hit.title == wanted.title
    assert {one.title for one in hits(county, "a", "3.3")} == {wanted.title, other.title}
    page = sign_in("a", "clerk").get(hit.url).content.decode()
    assert f'id="{hit.url.partition("#")[2]}"' in page


def test_what_was_withdrawn_is_found_no_more(county: County, plan: WorkPlan, target: Callable[..., Target]) -> None:
    wanted = target(title="开展防汛演练")
    in_force(plan)
    withdraw_target(wanted, by=county.actor("emo", "clerk"), reason="并入其他演练")
    assert hits(county, "a", "防汛演练") == []


def test_a_letter_is_found_by_who_sent_it_and_who_got_it(
    county: County, plan: WorkPlan, target: Callable[..., Target]
) -> None:
    asked = target(title="组建100人综合应急队伍", options={"people": "100"})
    in_force(plan)
    office = actor_for_post(county.post("emo", "clerk"))
    (letter,) = send_letters(plan, {county.units["a"].pk: [asked.pk]}, by=office)
    number = letter.record.number
    assert [hit.title for hit in hits(county, "emo", number)] == [f"{number} {county.units['a'].name}"]
    assert len(hits(county, "a", number)) == 1
    assert hits(county, "b", number) == []
