"""The pages of messages: who sees what of them, and what can be done from there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account, Post, Record
from fenghuo.kernel.messaging.models import Incoming, Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import notify
from tests.county import County
from tests.sms_gateway import SECRET, Gateway

from .conftest import work

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE = "13812345678"


def signed_in(post: Post) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=post.person), BACKEND)
    return client


@pytest.fixture
def desk(county: County) -> Client:
    return signed_in(county.account("desk"))


@pytest.fixture
def failed(sms: Gateway, about: Callable[..., Record]) -> Message:
    sms.mode = "error"
    (message,) = notify([Receiver("张三", phone=PHONE)], "立即集结", record=about(), by=SYSTEM)
    work()
    return message


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_there(desk: Client, failed: Message, client: Client, language: str) -> None:
    client.post(f"/messages/sms/{SECRET}/replies", {"mobile": PHONE, "content": "你是谁"})
    for page in ("/messages/", "/messages/?state=failed&channel=sms&q=x&record=1&page=9", "/messages/?record=%00a"):
        assert desk.get(page, headers={"Accept-Language": language}).status_code == 200
    for page in (f"/messages/{failed.pk}/", "/messages/unusable/", "/messages/unusable/?settled=1", "/"):
        answer = desk.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert "style=" not in answer.content.decode()


def test_the_filters_find(desk: Client, failed: Message, about: Callable[..., Record]) -> None:
    other = about(title="另一件", exercise=True)
    notify([Receiver("李四", phone="13900000000")], "演练集结 {link}", record=other, by=SYSTEM, link="https://x/play")

    def shown(query: str) -> tuple[bool, bool]:
        page = desk.get(f"/messages/?{query}").content.decode()
        return "立即集结" in page, "演练集结" in page

    assert shown("") == (True, True)
    assert shown("state=failed") == (True, False)
    assert shown("state=held") == (False, True)
    assert shown("q=李四") == (False, True)
    assert shown(f"record={other.pk}") == (False, True)
    assert shown("channel=email") == (False, False)


def test_the_held_text_of_an_exercise_can_be_played_with(desk: Client, about: Callable[..., Record]) -> None:
    (message,) = notify(
        [Receiver("李四", phone=PHONE)], "集结 {link}", record=about(exercise=True), by=SYSTEM, link="https://x/play"
    )
    for page in ("/messages/", f"/messages/{message.pk}/"):
        body = desk.get(page).content.decode()
        assert "【演练】集结" in body
        assert 'href="https://x/play"' in body


def test_a_link_that_is_no_page_is_only_text(desk: Client, about: Callable[..., Record]) -> None:
    (message,) = notify(
        [Receiver("<b>李四</b>", phone=PHONE)],
        "<script>alert(1)</script>",
        record=about(exercise=True),
        by=SYSTEM,
        link="javascript:alert(1)",
    )
    for page in ("/messages/", f"/messages/{message.pk}/"):
        body = desk.get(page).content.decode()
        assert "<script>alert" not in body
        assert "<b>李四" not in body
        assert 'href="javascript' not in body


def test_who_may_not_see_the_record_sees_nothing_of_it(county: County, failed: Message) -> None:
    stranger = signed_in(county.account("stranger", "b", "clerk"))
    assert "张三" not in stranger.get("/messages/").content.decode()
    assert "立即集结" not in stranger.get("/").content.decode()
    assert stranger.get(f"/messages/{failed.pk}/").status_code == 404
    for verb in ("again", "settle", "approve", "read"):
        assert stranger.post(f"/messages/{failed.pk}/{verb}/", {"note": "x"}).status_code == 404


def test_who_only_reads_sees_masked_telephones_and_no_buttons(county: County, failed: Message) -> None:
    observer = signed_in(county.account("observer", "emo", "observer"))
    for page in ("/messages/", f"/messages/{failed.pk}/"):
        body = observer.get(page).content.decode()
        assert PHONE not in body
        assert "5678" in body
    assert "<form method" not in body.partition('<main id="main"')[2]
    observer.post(f"/messages/{failed.pk}/again/")
    failed.refresh_from_db()
    assert failed.state == "failed"
    assert observer.get("/messages/unusable/").status_code == 403


def test_a_failure_is_on_today_until_somebody_deals_with_it(desk: Client, failed: Message, sms: Gateway) -> None:
    link = f"/messages/?state=failed&amp;record={failed.record_id}"
    assert link in desk.get("/").content.decode()
    desk.post(f"/messages/{failed.pk}/settle/", {"note": ""})
    assert link in desk.get("/").content.decode()
    desk.post(f"/messages/{failed.pk}/settle/", {"note": "已派人上门"})
    assert link not in desk.get("/").content.decode()
    sms.mode = "ok"
    desk.post(f"/messages/{failed.pk}/again/")
    work()
    failed.refresh_from_db()
    assert failed.state == "sent"


def test_what_waits_for_approval_is_approved_from_its_page(county: County, about: Callable[..., Record]) -> None:
    (message,) = notify([Receiver("张三", phone=PHONE)], "预警", record=about(), by=SYSTEM, approved=False)
    address = f"/messages/{message.pk}/"
    assert f"{address}approve/" not in signed_in(county.account("clerk", "emo", "clerk")).get(address).content.decode()
    leader = signed_in(county.account("leader", "emo", "duty_leader"))
    assert "state=held" in leader.get("/").content.decode()
    assert f"{address}approve/" in leader.get(address).content.decode()
    leader.post(f"{address}approve/")
    message.refresh_from_db()
    assert message.state == "waiting"


def test_what_is_written_to_somebody_here_is_on_their_today_until_read(
    county: County, about: Callable[..., Record]
) -> None:
    """Also to one who does not see what it is about, and shows them no more than their message."""
    post = county.account("village", "village", "head")
    it = about(title="不给看的标题", exercise=True)
    (message,) = notify([Receiver("村长", person_id=post.person_id)], "上堤巡查", record=it, by=SYSTEM)
    village = signed_in(post)
    address = f"/messages/{message.pk}/"
    assert "【演练】上堤巡查" in village.get("/").content.decode()
    page = village.get(address).content.decode()
    assert "上堤巡查" in page
    assert "不给看的标题" not in page
    message.refresh_from_db()
    assert message.state == "sent"  # looking changes nothing
    village.post(f"{address}read/")
    message.refresh_from_db()
    assert message.state == "delivered"
    assert "上堤巡查" not in village.get("/").content.decode()


def test_a_reply_nobody_could_use_is_seen_and_settled(desk: Client, sms: Gateway, county: County) -> None:
    Client().post(f"/messages/sms/{SECRET}/replies", {"mobile": PHONE, "content": "救命<script>"})
    assert "/messages/unusable/" in desk.get("/").content.decode()
    assert "救命&lt;script&gt;" in desk.get("/messages/unusable/").content.decode()
    kept = Incoming.objects.get()
    desk.post(f"/messages/unusable/{kept.pk}/settle/", {"note": ""})
    kept.refresh_from_db()
    assert kept.settled_at is None
    elsewhere = signed_in(county.account("elsewhere", "neighbour"))
    assert "救命" not in elsewhere.get("/messages/unusable/").content.decode()
    assert elsewhere.post(f"/messages/unusable/{kept.pk}/settle/", {"note": "x"}).status_code == 404
    desk.post(f"/messages/unusable/{kept.pk}/settle/", {"note": "已回电"})
    assert "/messages/unusable/" not in desk.get("/").content.decode()
    assert "已回电" in desk.get("/messages/unusable/?settled=1").content.decode()


def test_without_a_gateway_today_says_so(desk: Client, about: Callable[..., Record], settings: Any) -> None:
    settings.SMS_GATEWAY = settings.SMS_GATEWAY.with_name("none.toml")
    notify([Receiver("张三", phone=PHONE)], "集结", record=about(), by=SYSTEM)
    assert "/messages/?state=waiting" not in desk.get("/").content.decode()
    work()
    assert "/messages/?state=waiting" in desk.get("/").content.decode()


def test_the_pages_cost_the_same_for_many(
    desk: Client, sms: Gateway, about: Callable[..., Record], django_assert_max_num_queries: Any
) -> None:
    sms.mode = "error"
    for _ in range(5):
        made = notify([Receiver(str(n), phone=f"1380000000{n}") for n in range(8)], "集结", record=about(), by=SYSTEM)
    work()
    replies = [{"mobile": PHONE, "content": str(number)} for number in range(20)]
    Client().post(f"/messages/sms/{SECRET}/replies", replies, content_type="application/json")
    desk.get("/messages/")
    for page in ("/messages/", "/messages/unusable/", f"/messages/{made[0].pk}/"):
        with django_assert_max_num_queries(12):
            assert desk.get(page).status_code == 200


def test_a_link_is_for_its_receiver_alone(county: County, about: Callable[..., Record]) -> None:
    """Who has it can answer without a password: neither the desk nor anybody else who sees the order reads it."""
    post = county.account("receiver", "village", "head")
    it, link = about(), "https://x/o/geheim"
    receiver = Receiver("村长", person_id=post.person_id, phone=PHONE)
    inside, sms = notify([receiver], "上堤巡查 {link}", record=it, by=SYSTEM, link=link)
    for reader in (county.account("officer"), county.account("watcher", "emo", "observer")):
        client = signed_in(reader)
        for page in ("/messages/", f"/messages/{inside.pk}/", f"/messages/{sms.pk}/"):
            body = client.get(page).content.decode()
            assert "上堤巡查" in body
            assert "geheim" not in body
    assert f'href="{link}"' in signed_in(post).get(f"/messages/{inside.pk}/").content.decode()


def test_a_masked_telephone_cannot_be_guessed_by_searching(county: County, failed: Message) -> None:
    observer, desk = signed_in(county.account("observer", "emo", "observer")), signed_in(county.account("desk2"))
    assert "立即集结" in desk.get(f"/messages/?q={PHONE[:6]}").content.decode()
    assert "立即集结" not in observer.get(f"/messages/?q={PHONE[:6]}").content.decode()
