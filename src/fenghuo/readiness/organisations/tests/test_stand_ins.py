"""Who stands in for whom: set by those who keep the unit, shown on its page, ended, and kept in the journal."""

from collections.abc import Callable

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registry.services import add_person, appoint, end_post
from fenghuo.readiness.organisations.models import StandIn
from fenghuo.readiness.organisations.services import end_stand_in, set_stand_in
from tests.county import SINCE, County

SignIn = Callable[..., Client]
FORM = "/organisations/units/610118007000/stand-ins/"
PAGE = "/units/610118007000/"


def _post(county: County, name: str, title: str, unit: str = "a", role: str = "member") -> Post:
    person = add_person(by=SYSTEM, name=name, unit=county.units[unit])
    return appoint(person, by=SYSTEM, unit=county.units[unit], role=role, title=title, since=SINCE)


def test_set_on_the_page_shown_and_ended(county: County, sign_in: SignIn) -> None:
    post, deputy = _post(county, "王镇长", "镇长", role="head"), _post(county, "赵副镇长", "副镇长")
    client = sign_in("a", "clerk")
    assert client.post(FORM, {"post": post.pk, "deputy": deputy.pk}).status_code == 302
    assert client.post(FORM, {"post": post.pk, "deputy": deputy.pk}).status_code == 302  # the same again
    made = StandIn.objects.get()
    assert f"/organisations/stand-ins/{made.pk}/end/" in client.get(PAGE).content.decode()
    entries = Entry.objects.filter(verb__startswith="organisation.stand_in")
    assert [entry.verb for entry in entries] == ["organisation.stand_in_set"]
    assert "王镇长" not in entries[0].text
    assert client.post(f"/organisations/stand-ins/{made.pk}/end/").status_code == 302
    assert not StandIn.objects.exists()
    assert client.post(f"/organisations/stand-ins/{made.pk}/end/").status_code == 404
    page = client.get(PAGE).content.decode()
    assert "副镇长 no longer stands in for 镇长" in page


@pytest.mark.parametrize(
    ("unit", "role", "status"),
    [("a", "observer", 403), ("b", "clerk", 403), ("education", "clerk", 403), ("village", "head", 403)],
)
def test_others_set_and_end_nothing(county: County, sign_in: SignIn, unit: str, role: str, status: int) -> None:
    post, deputy, third = (_post(county, name, name) for name in ("一", "二", "三"))
    made = set_stand_in(post, deputy, by=SYSTEM)
    client = sign_in(unit, role)
    assert client.post(FORM, {"post": post.pk, "deputy": third.pk}).status_code == status
    assert client.post(f"/organisations/stand-ins/{made.pk}/end/").status_code in (403, 404)
    with pytest.raises(Refused):
        set_stand_in(post, third, by=county.actor(unit, role))
    with pytest.raises(Refused):
        end_stand_in(made.pk, by=county.actor(unit, role))
    assert StandIn.objects.count() == 1


def test_nobody_stands_in_for_oneself_from_elsewhere_or_after_the_end(county: County) -> None:
    post, elsewhere, ended = _post(county, "一", "甲"), _post(county, "二", "乙", "b"), _post(county, "三", "丙")
    same = appoint(post.person, by=SYSTEM, unit=county.units["a"], role="clerk", since=SINCE)
    end_post(ended, by=SYSTEM, on=SINCE)
    for deputy in (post, same, elsewhere, ended):
        with pytest.raises(Invalid) as refused:
            set_stand_in(post, deputy, by=SYSTEM)
        assert {fault.field for fault in refused.value.faults} == {"deputy"}
    assert not StandIn.objects.exists()


def test_a_deputy_whose_post_ended_is_no_longer_shown(county: County, sign_in: SignIn) -> None:
    post, deputy = _post(county, "王镇长", "镇长"), _post(county, "赵副镇长", "副镇长")
    set_stand_in(post, deputy, by=SYSTEM)
    client = sign_in("a", "observer")
    assert "stood in for by" in client.get(PAGE).content.decode()
    end_post(deputy, by=SYSTEM, on=SINCE)
    assert "stood in for by" not in client.get(PAGE).content.decode()


def test_what_is_wrong_in_the_form_is_said(county: County, sign_in: SignIn) -> None:
    post = _post(county, "一", "甲")
    _post(county, "二", "乙")
    answer = sign_in("a", "clerk").post(FORM, {"post": post.pk, "deputy": post.pk})
    assert answer.status_code == 422
    assert "Nobody stands in for oneself" in answer.content.decode()
    assert sign_in("a", "clerk").post(FORM, {"post": "x", "deputy": ""}).status_code == 422
