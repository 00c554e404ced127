"""Receipts: twice, out of order, of unknown messages; the newest truth holds."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Incoming, Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.selectors import unusable
from fenghuo.kernel.messaging.services import notify
from tests.county import County
from tests.sms_gateway import SECRET, Gateway

from .conftest import work

PATH = f"/messages/sms/{SECRET}/receipts"


@pytest.fixture
def sent(sms: Gateway, about: Callable[..., Record]) -> Message:
    (message,) = notify([Receiver("张三", phone="13800000000")], "集结", record=about(), by=SYSTEM)
    work()
    message.refresh_from_db()
    return message


def receipt(message: Message, status: str, minute: int = 1, **more: str) -> dict[str, str]:
    return {"reference": message.reference, "status": status, "time": f"2026-05-12 03:{minute:02}:00"} | more


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.why


def test_one_a_list_a_form_and_json_in_a_form(client: Client, sent: Message, sms: Gateway, settings: Any) -> None:
    said = receipt(sent, "ACCEPTD")
    answer = client.post(PATH, said, content_type="application/json")
    assert (answer.status_code, answer.content) == (200, b"got it")
    client.post(PATH, [receipt(sent, "ACCEPTD", 2), receipt(sent, "ACCEPTD", 3)], content_type="application/json")
    client.post(PATH, receipt(sent, "ACCEPTD", 4))
    receipts = sms.toml().split("[receipts]\n")[1].split("\n\n")[0]
    sms.write(settings.SMS_GATEWAY, receipts=f'list = "reports"\n{receipts}')
    client.post(PATH, {"reports": json.dumps([receipt(sent, "DELIVRD", 5)])})
    assert state(sent) == ("delivered", "")
    assert Incoming.objects.filter(message=sent).count() == 5


def test_the_same_receipt_twice_is_one(client: Client, sent: Message) -> None:
    for _time in range(3):
        assert client.post(PATH, receipt(sent, "DELIVRD"), content_type="application/json").status_code == 200
    assert state(sent) == ("delivered", "")
    assert Incoming.objects.get().times == 3


@pytest.mark.parametrize("order", list(permutations(["ACCEPTD", "UNDELIV", "DELIVRD"])))
def test_whatever_the_order_delivered_holds(client: Client, sent: Message, order: tuple[str, ...]) -> None:
    for status in order:
        client.post(PATH, receipt(sent, status), content_type="application/json")
    assert state(sent) == ("delivered", "")


def test_undelivered_has_failed_and_is_in_the_journal(client: Client, sent: Message) -> None:
    client.post(PATH, receipt(sent, "UNDELIV"), content_type="application/json")
    assert state(sent) == ("failed", "undelivered")
    work()
    assert Entry.objects.filter(verb="message.failed").count() == 1


def test_delivered_before_the_answer(client: Client, sms: Gateway, about: Callable[..., Record]) -> None:
    """The receipt is faster than the gateway's answer, and then no answer comes at all."""
    (message,) = notify([Receiver("张三", phone="13800000000")], "集结", record=about(), by=SYSTEM)
    sms.mode = "deaf"
    work()
    assert state(message) == ("waiting", "unknown")
    client.post(PATH, receipt(message, "DELIVRD"), content_type="application/json")
    assert state(message) == ("delivered", "")
    work()
    assert len(sms.accepted) == 1


def test_a_receipt_by_the_gateways_own_id_may_come_before_we_know_it(
    client: Client, sms: Gateway, about: Callable[..., Record], settings: Any, county: County
) -> None:
    names = 'id = "id"\nstatus = "status"\ndelivered = ["DELIVRD"]\nfailed = ["UNDELIV"]'
    sms.write(settings.SMS_GATEWAY, receipts=names)
    (message,) = notify([Receiver("张三", phone="13800000000")], "集结", record=about(), by=SYSTEM)
    client.post(PATH, {"id": "G1", "status": "DELIVRD"}, content_type="application/json")
    desk = county.actor("emo")
    assert unusable(desk).count() == 1
    work()
    assert state(message) == ("delivered", "")
    assert unusable(desk).count() == 0


def test_unknown_messages_and_statuses_go_on_the_list(client: Client, sent: Message, county: County) -> None:
    client.post(PATH, {"reference": "nobody", "status": "DELIVRD"}, content_type="application/json")
    client.post(PATH, receipt(sent, "MK:0010"), content_type="application/json")
    assert state(sent) == ("sent", "")
    assert unusable(county.actor("emo")).count() == 2
    assert Entry.objects.filter(verb="incoming.kept").count() == 2


@pytest.mark.parametrize("body", [b"{", b"[]", b"[1]", b'"x"', b"", b"\xff\x00", b"[" * 5000])
def test_what_cannot_be_read_is_kept(client: Client, sms: Gateway, county: County, body: bytes) -> None:
    for _time in range(2):
        assert client.post(PATH, body, content_type="application/json").status_code == 400
    assert unusable(county.actor("emo")).get().times == 2


def test_halves_of_characters_are_kept_as_what_they_are(client: Client, sms: Gateway, county: County) -> None:
    body = b'{"reference": "\\ud800\\u0000", "status": "DELIVRD"}'
    assert client.post(PATH, body, content_type="application/json").status_code == 200
    assert unusable(county.actor("emo")).get().status == "DELIVRD"
    broken = "multipart/form-data; boundary=x"
    assert client.post(PATH, b"--x\r\nContent-Disposition: form-data", content_type=broken).status_code == 400
    assert unusable(county.actor("emo")).count() == 2


def test_only_who_knows_the_secret_gets_in(client: Client, sent: Message) -> None:
    for secret in ("wrong", "geheim-ü", SECRET[:-1]):
        address = f"/messages/sms/{secret}/receipts"
        assert client.post(address, receipt(sent, "DELIVRD"), content_type="application/json").status_code == 404
    assert client.get(PATH).status_code == 405
    assert state(sent) == ("sent", "")


def test_without_callbacks_there_is_no_door(client: Client, sent: Message, sms: Gateway, settings: Any) -> None:
    sms.write(settings.SMS_GATEWAY, receipts="", replies="", callbacks="")
    assert client.post(PATH, receipt(sent, "DELIVRD"), content_type="application/json").status_code == 404
