from datetime import date, timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, post_is_held
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.models import Account, Person, Token
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registry.selectors import on_duty, posts_held
from fenghuo.kernel.registry.services import (
    add_person,
    appoint,
    change_person,
    create_account,
    create_token,
    end_post,
    revoke_token,
)
from tests.county import County


def test_names_and_telephones_never_stand_in_the_sealed_text(county: County) -> None:
    person = add_person(by=SYSTEM, name="王五", unit=county.units["emo"], mobile="13712345678", email="w@example.cn")
    change_person(person, by=SYSTEM, name="王六", mobile="13787654321")
    create_account(person, by=SYSTEM, username="wangliu", password="beacon-fire-42")
    for word in ("王五", "王六", "13712345678", "13787654321", "w@example.cn", "wangliu"):
        assert not Entry.objects.filter(text__contains=word).exists()


def test_a_post_gives_rights_from_its_first_to_its_last_day(county: County) -> None:
    post = county.post("emo")
    end = end_post(post, by=SYSTEM, on=date(2026, 5, 12))
    assert post_is_held(end, date(2026, 5, 12))
    assert not post_is_held(end, date(2026, 5, 13))
    assert not post_is_held(end, post.since - timedelta(days=1))
    with pytest.raises(WrongState):
        end_post(post, by=SYSTEM, on=date(2026, 5, 12))


def test_on_duty_are_the_holders_of_the_duty_roles(county: County) -> None:
    officer, leader = county.post("emo", "duty_officer"), county.post("emo", "duty_leader")
    county.post("emo", "clerk")
    found = list(on_duty(county.units["emo"], timezone.localdate()))
    assert {post.pk for post in found} == {officer.pk, leader.pk}
    assert posts_held(date(1999, 1, 1)).count() == 0


@pytest.mark.parametrize(("name", "fault"), [("", "name"), ("   ", "name")])
def test_a_person_needs_a_name(county: County, name: str, fault: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_person(by=SYSTEM, name=name, unit=county.units["emo"])
    assert refused.value.faults[0].field == fault
    assert not Person.objects.exists()


def test_an_unknown_role_and_a_post_that_ends_before_it_begins_are_refused(county: County) -> None:
    person = county.post("emo").person
    with pytest.raises(Invalid):
        appoint(person, by=SYSTEM, unit=county.units["emo"], role="king", since=date(2026, 1, 1))
    with pytest.raises(Invalid):
        appoint(
            person,
            by=SYSTEM,
            unit=county.units["emo"],
            role="clerk",
            since=date(2026, 1, 2),
            until=date(2026, 1, 1),
        )


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused(county: County, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_account(county.post("emo").person, by=SYSTEM, username="x", password=password)
    assert refused.value.faults[0].field == "password"
    assert not Account.objects.exists()


def test_a_clerk_keeps_the_people_of_the_own_block_and_gives_nobody_rights(county: County) -> None:
    clerk = county.actor("a", "clerk")
    person = add_person(by=clerk, name="李四", unit=county.units["village"], mobile="138 0000 0001")
    post = appoint(person, by=clerk, unit=county.units["village"], role="head", title="主任", since=date(2026, 1, 1))
    assert post.title == "主任"
    with pytest.raises(NotAllowed):
        appoint(person, by=clerk, unit=county.units["a"], role="duty_officer", since=date(2026, 1, 1))
    signs_in = county.account("wang", "a", "clerk").person
    with pytest.raises(NotAllowed):  # whoever may sign in would get the post's rights
        appoint(signs_in, by=clerk, unit=county.units["a"], role="head", since=date(2026, 1, 1))
    with pytest.raises(NotFound):
        add_person(by=clerk, name="x", unit=county.units["b"])
    with pytest.raises(NotAllowed):
        add_person(by=county.actor("a", "observer"), name="x", unit=county.units["a"])


def test_only_the_hash_of_a_key_is_kept(county: County) -> None:
    token, key = create_token(by=SYSTEM, name="110", unit=county.units["110"], scopes=["intake.write"])
    assert key not in {token.digest, token.name}
    assert not Entry.objects.filter(text__contains=key).exists()
    assert Token.objects.get().digest == token.digest
    revoke_token(token, by=SYSTEM)
    with pytest.raises(WrongState):
        revoke_token(token, by=SYSTEM)
