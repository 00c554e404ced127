"""Replies by SMS: offered to the rooms once, and kept for a person when none can use them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging import replies
from fenghuo.kernel.messaging.models import Incoming, Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.replies import Reply, reader, send_answer
from fenghuo.kernel.messaging.selectors import unusable
from fenghuo.kernel.messaging.services import notify, settle_incoming
from tests.county import County
from tests.sms_gateway import SECRET, Gateway

from .conftest import work

PATH = f"/messages/sms/{SECRET}/replies"
PHONE = "13800000000"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Reply, list[Message]]]:
    """A room that understands 1 and 2, answers, and breaks on 9; before it one that never understands anything."""
    found: list[tuple[Reply, list[Message]]] = []
    monkeypatch.setattr(replies, "_readers", [])

    @reader
    def never(reply: Reply, recent: list[Message]) -> bool:
        return False

    @reader
    def understands(reply: Reply, recent: list[Message]) -> bool:
        found.append((reply, recent))
        if reply.text == "9":
            Record.objects.create(kind="half", title="half")
            raise LookupError("broken")
        if reply.text not in "12":
            return False
        send_answer(reply, "已收到", record=recent[0].record, by=SYSTEM)
        return True

    return found


def reply(text: str, number: int = 1) -> dict[str, str]:
    return {"id": f"mo-{number}", "mobile": f"+86{PHONE}", "content": text, "time": "20260512030405"}


def sent_twice(about: Callable[..., Record]) -> list[Message]:
    made = []
    for title in ("甲", "乙"):
        made += notify([Receiver("张三", phone=PHONE)], f"{title} 回复1", record=about(title=title), by=SYSTEM)
    notify([Receiver("李四", phone="13900000000")], "丙", record=about(), by=SYSTEM)
    work()
    return made


def test_a_reader_is_offered_it_with_the_newest_messages_to_that_telephone(
    client: Client, sms: Gateway, about: Callable[..., Record], heard: list[tuple[Reply, list[Message]]]
) -> None:
    first, second = sent_twice(about)
    notify([Receiver("张三", phone=PHONE)], "演练", record=about(exercise=True), by=SYSTEM)  # went to nobody
    assert client.post(PATH, reply("1"), content_type="application/json").content == b"got it"
    ((told, recent),) = heard
    assert (told.phone, told.text, told.said_at.isoformat()) == (PHONE, "1", "2026-05-12T03:04:05+08:00")
    assert recent == [second, first]
    assert Incoming.objects.get().record is None
    work()
    answer = sms.accepted[-1]
    assert (answer["mobile"], answer["content"]) == (PHONE, "【鄠邑应急】已收到")


def test_the_same_reply_again_is_offered_once(
    client: Client, sms: Gateway, about: Callable[..., Record], heard: list[tuple[Reply, list[Message]]]
) -> None:
    sent_twice(about)
    for _time in range(3):
        client.post(PATH, [reply("1"), reply("2", 2)], content_type="application/json")
    assert [told.text for told, _recent in heard] == ["1", "2"]
    assert set(Incoming.objects.values_list("times", flat=True)) == {3}


def test_what_nobody_can_use_is_settled_by_a_person(
    client: Client,
    sms: Gateway,
    about: Callable[..., Record],
    heard: list[tuple[Reply, list[Message]]],
    county: County,
) -> None:
    sent_twice(about)
    client.post(PATH, reply("你是谁"), content_type="application/json")
    desk = county.actor("emo")
    kept = unusable(desk).get()
    assert kept.text == "你是谁"
    entry = Entry.objects.get(verb="incoming.kept")
    assert "你是谁" not in entry.text
    assert PHONE not in entry.text
    with pytest.raises(Invalid):
        settle_incoming(kept, by=desk, note=" ")
    with pytest.raises(NotAllowed):
        settle_incoming(kept, by=county.actor("emo", "clerk"), note="已回电")
    with pytest.raises(NotFound):
        settle_incoming(kept, by=county.actor("neighbour"), note="已回电")
    assert settle_incoming(kept, by=desk, note="已回电").settled_at is not None
    with pytest.raises(WrongState):
        settle_incoming(kept, by=desk, note="又回电")
    assert not unusable(desk).exists()


def test_a_reader_that_breaks_leaves_nothing_by_halves(
    client: Client,
    sms: Gateway,
    about: Callable[..., Record],
    heard: list[tuple[Reply, list[Message]]],
    county: County,
) -> None:
    sent_twice(about)
    assert client.post(PATH, reply("9"), content_type="application/json").status_code == 200
    assert not Record.objects.filter(kind="half").exists()
    assert unusable(county.actor("emo")).get().text == "9"


def test_a_reply_from_an_unknown_telephone_is_kept(
    client: Client, sms: Gateway, heard: list[tuple[Reply, list[Message]]], county: County
) -> None:
    said = reply("在吗") | {"mobile": "106900001111"}
    client.post(PATH, said, content_type="application/json")
    assert heard[0][1] == []
    assert unusable(county.actor("emo")).get().phone == "106900001111"


def test_without_id_and_time_no_second_answer_is_lost(
    client: Client, sms: Gateway, about: Callable[..., Record], heard: list[tuple[Reply, list[Message]]]
) -> None:
    sent_twice(about)
    for _time in range(2):
        client.post(PATH, {"mobile": PHONE, "content": "1"}, content_type="application/json")
    assert len(heard) == 2


def test_a_telephone_that_writes_without_end_is_marked(
    client: Client, sms: Gateway, about: Callable[..., Record], heard: list[tuple[Reply, list[Message]]]
) -> None:
    sent_twice(about)
    many = [reply("1", number) for number in range(12)]
    client.post(PATH, many, content_type="application/json")
    assert [told.often for told, _recent in heard] == [False] * 10 + [True] * 2
    Incoming.objects.update(received_at=timezone.now() - timedelta(minutes=11))
    client.post(PATH, reply("1", 99), content_type="application/json")
    assert not heard[-1][0].often
