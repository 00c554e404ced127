"""A message to people of the contact book: who may, who gets it, and when it leaves the house."""

from collections.abc import Callable

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.services import approve_messages
from fenghuo.readiness.organisations.services import enter_person, message_people
from tests.county import County

PAGE = "/organisations/contacts/message/"
TEXT = "请于十八时前到岗。"
SignIn = Callable[..., Client]


def _two(county: County) -> list[int]:
    return [
        enter_person(by=SYSTEM, name=name, unit=county.units["a"], title="干事", mobile=mobile).pk
        for name, mobile in (("甲", "13900000001"), ("乙", "13900000002"))
    ]


def _states(channel: str = "sms") -> set[tuple[str, str, str]]:
    return set(Message.objects.filter(channel=channel).values_list("address", "state", "why"))


def test_a_leaders_message_goes_at_once_to_each(county: County) -> None:
    people = _two(county)
    message_people(people, by=county.actor("emo", "duty_leader"), text=TEXT)
    assert _states() == {("13900000001", "waiting", ""), ("13900000002", "waiting", "")}


def test_what_others_write_waits_for_a_leader(county: County) -> None:
    message_people(_two(county), by=county.actor("a", "clerk"), text=TEXT)
    assert {(state, why) for _address, state, why in _states()} == {("held", "not_approved")}
    assert approve_messages(county.units["a"], by=county.actor("a", "head")) > 0
    assert {(state, why) for _address, state, why in _states()} == {("waiting", "")}


def test_text_and_names_are_private_in_the_journal(county: County) -> None:
    message_people(_two(county), by=county.actor("emo", "head"), text=TEXT)
    entry = Entry.objects.get(verb="organisation.people_messaged")
    assert TEXT not in entry.text
    assert "甲" not in entry.text


@pytest.mark.parametrize("unit", ["b", "village", "education", "neighbour"])
def test_nobody_writes_to_people_out_of_sight(county: County, unit: str) -> None:
    people = _two(county)
    with pytest.raises(Invalid):
        message_people(people, by=county.actor(unit, "head"), text=TEXT)
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", ["observer", "auditor", "member", "administrator"])
def test_who_only_reads_writes_to_nobody(county: County, sign_in: SignIn, role: str) -> None:
    people = _two(county)
    with pytest.raises(NotAllowed):
        message_people(people, by=county.actor("a", role), text=TEXT)
    client = sign_in("a", role)
    assert client.post(PAGE, {"people": people, "text": TEXT}).status_code == 403
    assert 'name="people"' not in client.get("/organisations/contacts/").content.decode()
    assert not Message.objects.exists()


def test_a_second_press_of_the_button_sends_nothing_twice(county: County) -> None:
    people, by = _two(county), county.actor("emo", "head")
    message_people(people, by=by, text=TEXT)
    with pytest.raises(Conflict):
        message_people(people, by=by, text=TEXT)
    assert len(_states()) == Message.objects.filter(channel="sms").count() == 2


def test_chosen_by_unit_read_once_more_and_sent_on_the_page(county: County, sign_in: SignIn) -> None:
    _two(county)
    lone = enter_person(by=SYSTEM, name="丙无电话", unit=county.units["b"], title="干事")
    client = sign_in("emo", "head")
    chosen = {"unit": [county.units["a"].pk], "people": [lone.pk]}
    shown = client.post(PAGE, chosen).content.decode()
    assert all(name in shown for name in ("甲", "乙", "丙无电话", "no SMS, no e-mail"))
    assert not Message.objects.exists()
    empty = client.post(PAGE, {**chosen, "text": "  "})
    assert empty.status_code == 422
    long = client.post(PAGE, {**chosen, "text": "字" * 2001})
    assert long.status_code == 422
    assert "字" * 2001 in long.content.decode()
    assert not Message.objects.exists()
    assert client.post(PAGE, {**chosen, "text": TEXT}).status_code == 302
    assert len(_states()) == 2
    assert Message.objects.filter(person=lone, text=TEXT).exists()


def test_nobody_chosen_leads_back_to_the_book(county: County, sign_in: SignIn) -> None:
    answer = sign_in("emo", "head").post(PAGE, {"people": ["x", "-1", "9" * 30], "text": TEXT})
    assert answer.status_code == 302
    assert answer["Location"] == "/organisations/contacts/"
