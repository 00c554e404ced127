"""Telling people: one row for each receiver and channel, in the transaction of what they are told of."""

from typing import Any

import pytest
from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Attempt, Message
from fenghuo.kernel.messaging.receivers import Receiver, sms_number
from fenghuo.kernel.messaging.selectors import messages_about
from fenghuo.kernel.messaging.services import (
    approve_messages,
    cancel_messages,
    note_call,
    notify,
    read_message,
)
from tests.county import County

LANDLINE = "029-84812345"


def record_in(county: County, **said: Any) -> Record:
    town = county.regions["a"]
    given = {"kind": "test", "title": "草堂营村事故", "unit": county.units["emo"], "region": town, "block": town.path}
    return Record.objects.create(**given | said)


def ways(messages: list[Message]) -> list[tuple[str, str, str, str]]:
    return [(one.channel, one.address, one.state, one.why) for one in messages]


def test_each_receiver_has_a_row_for_each_way_they_can_be_reached(county: County) -> None:
    it, person = record_in(county), county.post("emo").person
    everything = Receiver("张三", person_id=person.pk, phone="+86 138-0000 0000", email="zhang@example.org")
    made = notify(
        [everything, Receiver("李四", phone=LANDLINE)], "立即集结 {link}", record=it, by=SYSTEM, link="https://x/1"
    )
    assert ways(made) == [
        ("in_app", "", "sent", ""),
        ("sms", "13800000000", "waiting", ""),
        ("email", "zhang@example.org", "waiting", ""),
        ("none", LANDLINE, "unreachable", "no_channel"),
    ]
    assert {one.text for one in made} == {"立即集结 https://x/1"}
    assert len({one.reference for one in made}) == 4
    assert min(len(one.reference) for one in made) == 32
    assert Attempt.objects.get().message == made[0]
    assert Entry.objects.filter(verb="message.failed").count() == 1


def test_channels_can_be_narrowed(county: County) -> None:
    both = Receiver("张三", phone="13800000000", email="zhang@example.org")
    made = notify([both], "集结", record=record_in(county), by=SYSTEM, channels=["email"])
    assert [one.channel for one in made] == ["email"]
    made = notify(
        [Receiver("张三", phone="13800000000")], "集结", record=record_in(county), by=SYSTEM, channels=["email"]
    )
    assert [one.state for one in made] == ["unreachable"]
    with pytest.raises(ValueError, match="pigeon"):
        notify([both], "集结", record=record_in(county), by=SYSTEM, channels=["pigeon"])


def test_what_is_rolled_back_was_never_written(county: County) -> None:
    it = record_in(county)

    @transaction.atomic
    def order() -> None:
        notify([Receiver("张三", phone="13800000000")], "集结", record=it, by=SYSTEM)
        raise LookupError("what the order needs is not there")

    with pytest.raises(LookupError):
        order()
    assert not Message.objects.exists()
    assert not Attempt.objects.exists()


def test_text_that_cannot_be_sent_is_refused(county: County) -> None:
    for text in ("", "  ", "a\x00b", "长" * 2001):
        with pytest.raises(Invalid):
            notify([Receiver("张三", phone="13800000000")], text, record=record_in(county), by=SYSTEM)


@pytest.mark.parametrize(("flag", "front"), [("exercise", "【演练】"), ("demo", "")])
def test_an_exercise_and_a_demonstration_stay_inside(county: County, flag: str, front: str) -> None:
    it, person = record_in(county, **{flag: True}), county.post("emo").person
    one = Receiver("张三", person_id=person.pk, phone="13800000000", email="zhang@example.org")
    made = notify([one], "集结", record=it, by=SYSTEM, link="https://x/1", approved=False)
    assert [(row.channel, row.state, row.why) for row in made] == [
        ("in_app", "sent", ""),
        ("sms", "held", flag),
        ("email", "held", flag),
    ]
    assert {row.text for row in made} == {f"{front}集结 https://x/1"}
    assert approve_messages(it, by=SYSTEM) == 3
    assert set(Message.objects.filter(channel__in=["sms", "email"]).values_list("state", flat=True)) == {"held"}


def test_approval_lets_go_what_waits_for_it_and_nothing_else(county: County) -> None:
    it = record_in(county)
    phone = Receiver("张三", phone="13800000000")
    (waits,) = notify([phone], "预警", record=it, by=SYSTEM, approved=False)
    (never,) = notify([phone], "内部", record=it, by=SYSTEM, approved=False, restricted=True)
    assert (waits.state, never.why) == ("held", "restricted")
    with pytest.raises(NotAllowed):
        approve_messages(it, by=county.actor("emo", "clerk"))
    with pytest.raises(NotFound):
        approve_messages(it, by=county.actor("neighbour", "head"))
    approve_messages(it, by=county.actor("emo", "duty_leader"))
    waits.refresh_from_db()
    never.refresh_from_db()
    assert (waits.state, never.state, never.why) == ("waiting", "held", "restricted")


def test_cancelling_stops_what_has_not_left(county: County) -> None:
    it = record_in(county)
    made = notify([Receiver(str(n), phone=f"1380000000{n}") for n in range(4)], "集结", record=it, by=SYSTEM)
    for message, state in zip(made, ("waiting", "sending", "sent", "held"), strict=True):
        Message.objects.filter(pk=message.pk).update(state=state)
    other = notify([Receiver("乙", phone="13900000000")], "另一件", record=record_in(county), by=SYSTEM)
    assert cancel_messages(it, by=SYSTEM) == 2
    states = dict(Message.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in made] == ["cancelled", "sending", "sent", "cancelled"]
    assert states[other[0].pk] == "waiting"


def test_a_call_noted_by_hand_settles_what_failed(county: County) -> None:
    it, desk = record_in(county, exercise=True), county.actor("emo")
    team = Receiver("草堂队", phone=LANDLINE)
    (row,) = notify([team], "集结", record=it, by=SYSTEM)
    missed = note_call(it, team, by=desk, reached=False)
    row.refresh_from_db()
    assert (missed.state, row.settled_at) == ("failed", None)
    called = note_call(it, team, by=desk, reached=True, note="李队长接听,二十分钟到")
    row.refresh_from_db()
    assert called.state == "delivered"
    assert row.settled_at is not None
    entry = Entry.objects.filter(verb="message.call_noted").latest("pk")
    assert "李队长" not in entry.text
    assert "李队长" in entry.private.value
    with pytest.raises(NotFound):
        note_call(it, team, by=county.actor("neighbour"), reached=True)
    with pytest.raises(NotAllowed):
        note_call(it, team, by=county.actor("emo", "observer"), reached=True)


def test_only_the_person_marks_it_as_read(county: County) -> None:
    it, reader = record_in(county), county.actor("b", "clerk")
    (message,) = notify([Receiver("张三", person_id=reader.person_id)], "集结", record=it, by=SYSTEM)
    with pytest.raises(NotFound):
        read_message(message, by=county.actor("emo"))
    assert read_message(message, by=reader).state == "delivered"


def test_pages_ask_once_for_many_records(county: County, django_assert_num_queries: Any) -> None:
    its = [record_in(county) for _ in range(5)]
    for it in its:
        notify([Receiver("张三", phone="13800000000")], "集结", record=it, by=SYSTEM)
    desk, stranger = county.actor("emo"), county.actor("neighbour")
    with django_assert_num_queries(1):
        found = messages_about([it.pk for it in its], desk)
    assert {pk: [one.state for one in rows] for pk, rows in found.items()} == {it.pk: ["waiting"] for it in its}
    assert messages_about([its[0].pk], stranger) == {}


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("13800000000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0086-13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("+852 6123 4567", "+85261234567"),
        ("00852 61234567", "+85261234567"),
        (LANDLINE, ""),
        ("110", ""),
        ("", ""),
        ("1380000000", ""),
    ],
)
def test_which_numbers_get_an_sms(phone: str, number: str) -> None:
    assert sms_number(phone) == number
