"""What is lacking is found by itself, as it is now, in the sight of whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Person, Record, Unit
from fenghuo.kernel.registry.services import add_person, appoint, archive_person, end_post
from fenghuo.readiness.organisations.selectors import gaps
from tests.county import SINCE, County

SignIn = Callable[..., Client]


def _person(county: County, unit: str, name: str = "李四", **said: Any) -> Person:
    return add_person(by=SYSTEM, name=name, unit=county.units[unit], **{"mobile": "13900000009"} | said)


def _lacking(county: County, by: Actor, unit: str) -> set[str]:
    found = gaps.vacancies(by).filter(pk=county.units[unit].pk)
    return {rule.id for rule in gaps.lacking(list(found)).get(county.units[unit].pk, [])}


def test_a_village_without_a_head_is_vacant_until_it_has_one_and_again_when_he_leaves(county: County) -> None:
    by, village = county.actor("emo"), county.units["village"]
    assert _lacking(county, by, "village") == {"committee-head"}
    head = _person(county, "village")
    appoint(head, by=SYSTEM, unit=village, role="clerk", since=SINCE)
    assert _lacking(county, by, "village") == {"committee-head"}
    post = appoint(head, by=SYSTEM, unit=village, role="head", since=SINCE)
    assert _lacking(county, by, "village") == set()
    end_post(post, by=SYSTEM, on=timezone.localdate() - timedelta(days=1))
    assert _lacking(county, by, "village") == {"committee-head"}


def test_who_was_put_into_the_archive_today_fills_no_post(county: County) -> None:
    head = _person(county, "village")
    appoint(head, by=SYSTEM, unit=county.units["village"], role="head", since=SINCE)
    archive_person(head, by=SYSTEM, reason="调离")
    assert _lacking(county, county.actor("emo"), "village") == {"committee-head"}


def test_an_emergency_office_needs_a_leader_and_an_officer(county: County) -> None:
    assert _lacking(county, county.actor("emo", "clerk"), "emo") == {"office-leader", "office-officer"}


@pytest.mark.parametrize(
    ("unit", "sees"),
    [("emo", True), ("a", True), ("village", True), ("b", False), ("education", False), ("neighbour", False)],
)
def test_vacancies_are_seen_by_those_who_see_the_unit(county: County, unit: str, sees: bool) -> None:
    found = gaps.vacancies(county.actor(unit, "clerk"))
    assert found.filter(pk=county.units["village"].pk).exists() == sees


def test_posts_in_two_units_and_posts_that_one_person_should_not_hold(county: County) -> None:
    by = county.actor("emo", "clerk")
    twice, both, plain = (_person(county, "a", name) for name in ("两处", "双岗", "一岗"))
    for unit in ("a", "village"):
        appoint(twice, by=SYSTEM, unit=county.units[unit], role="member", since=SINCE)
    for role in ("duty_officer", "duty_leader"):
        appoint(both, by=SYSTEM, unit=county.units["a"], role=role, since=SINCE)
    for role in ("head", "member"):
        appoint(plain, by=SYSTEM, unit=county.units["a"], role=role, since=SINCE)
    assert {one.name for one in gaps.doubled(by)} == {"两处", "双岗"}
    assert {one.name for one in gaps.doubled(county.actor("b", "clerk"))} == set()


def test_numbers_nobody_confirmed_for_180_days_and_people_without_any(county: County) -> None:
    by = county.actor("emo", "clerk")
    _person(county, "a", "刚确认")
    _person(county, "a", "无号码", mobile="")
    old = _person(county, "a", "旧号码")
    _person(county, "a", "有座机", mobile="", phone="029-84812345")
    Record.objects.filter(pk=old.pk).update(checked_at=timezone.now() - timedelta(days=181))
    assert {one.name for one in gaps.stale_numbers(by)} == {"无号码", "旧号码"}


def test_a_post_that_ended_is_shown_until_somebody_follows(county: County) -> None:
    by, unit = county.actor("emo", "clerk"), county.units["a"]
    today = timezone.localdate()
    before = _person(county, "a", "前任")
    appoint(before, by=SYSTEM, unit=unit, role="head", since=SINCE, until=today - timedelta(days=10))
    long_ago = _person(county, "b", "往年")
    appoint(long_ago, by=SYSTEM, unit=county.units["b"], role="head", since=SINCE, until=today - timedelta(days=400))
    assert [post.person.name for post in gaps.ended_posts(by)] == ["前任"]
    appoint(_person(county, "a", "后任"), by=SYSTEM, unit=unit, role="head", since=today)
    assert not gaps.ended_posts(by)


def test_people_who_hold_no_post(county: County) -> None:
    by = county.actor("emo", "clerk")
    _person(county, "a", "无岗")
    soon = _person(county, "a", "将任")
    appoint(soon, by=SYSTEM, unit=county.units["a"], role="member", since=timezone.localdate() + timedelta(days=9))
    assert [one.name for one in gaps.without_post(by)] == ["无岗"]


def test_the_page_counts_each_kind_and_calls_no_rule_law(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("emo", "clerk")
    for n in range(60):
        _person(county, "ab"[n % 2], f"人{n}", mobile="")
    for show in ("", "vacant", "double", "stale", "ended", "postless", "nothing"):
        with django_assert_max_num_queries(14):
            answer = client.get("/organisations/check/", {"show": show})
        assert answer.status_code == 200
    vacant = client.get("/organisations/check/?show=vacant").content.decode()
    assert "草堂营村村委会" in vacant
    assert "set by this county, no law" in vacant


def test_today_tells_those_who_tend_the_register_in_one_line(county: County, sign_in: SignIn) -> None:
    lacking = gaps.vacancies(county.actor("emo", "clerk")).count()
    assert f"{lacking} units have a vacant post" in sign_in("emo", "clerk").get("/").content.decode()
    assert "vacant post" not in sign_in("emo", "duty_officer").get("/").content.decode()
    assert Unit.objects.count() > lacking
