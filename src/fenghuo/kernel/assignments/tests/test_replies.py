"""Answers by text message find their order; where several are open at one telephone, nothing is guessed."""

from datetime import datetime

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.assignments.models import Answer, Assignment, State, Way
from fenghuo.kernel.assignments.replies import answer_by_text
from fenghuo.kernel.assignments.services import withdraw
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.replies import Reply
from tests.county import County
from tests.orders import give, staff

PHONE = "13800000001"


@pytest.fixture
def desk(county: County) -> Actor:
    staff(county.units["a"], ("王", PHONE, "duty_officer"), by=SYSTEM)
    staff(county.units["b"], ("李", PHONE, "duty_officer"), by=SYSTEM)
    return county.actor("emo")


_serial = iter(range(1, 10**6))


def reply(text: str, at: datetime | None = None, number: int | None = None) -> bool:
    recent = list(Message.objects.filter(address=PHONE, channel="sms").select_related("record").order_by("-pk"))
    return answer_by_text(Reply(number or next(_serial), PHONE, text, at or timezone.now()), recent)


def test_one_digit_answers_the_only_open_order(county: County, desk: Actor) -> None:
    (order,) = give(county, desk, "a")
    assert reply("1 20")
    order.refresh_from_db()
    assert order.state == State.ACKNOWLEDGED
    answer = Answer.objects.get()
    assert (answer.way, answer.eta_minutes, answer.name) == (Way.SMS, 20, "王")


def test_two_orders_at_one_telephone_are_asked_back_and_answered_by_code(county: County, desk: Actor) -> None:
    (first,) = give(county, desk, "a")
    (second,) = give(county, desk, "b", text="带沙袋到涝河右岸")
    assert reply("1")
    assert not Answer.objects.exists()
    asked = Message.objects.filter(address=PHONE).order_by("-pk")[0]
    assert first.record.number[-4:] in asked.text
    assert second.record.number[-4:] in asked.text
    assert reply(f"{second.record.number[-4:]} 3 人手不足")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SENT, State.DECLINED)


def test_the_same_reply_twice_counts_once(county: County, desk: Actor) -> None:
    give(county, desk, "a")
    assert reply("1", number=77)
    assert reply("1", number=77)
    assert Answer.objects.count() == 1


def test_an_answer_after_the_withdrawal_is_told_so_and_changes_nothing(county: County, desk: Actor) -> None:
    (order,) = give(county, desk, "a")
    withdraw(order, by=desk, reason="误")
    sent = Message.objects.count()
    assert reply("1")
    order.refresh_from_db()
    assert order.state == State.WITHDRAWN
    assert Message.objects.count() == sent + 1


def test_words_that_say_nothing_clear_are_left_to_a_person(county: County, desk: Actor) -> None:
    give(county, desk, "a")
    assert not reply("你们是哪里")
    assert not Answer.objects.exists()


def test_a_telephone_that_got_no_order_is_none_of_ours(county: County, desk: Actor) -> None:
    assert not answer_by_text(Reply(1, "13900000000", "1", timezone.now()), [])
    assert not Assignment.objects.exists()


def test_a_machine_that_answers_our_answers_is_not_answered_for_ever(county: County, desk: Actor) -> None:
    """An answer is still taken from it; what would be answered goes to a person instead."""
    (order,) = give(county, desk, "a")
    recent = list(Message.objects.filter(address=PHONE, channel="sms").select_related("record"))
    assert answer_by_text(Reply(901, PHONE, "收到", timezone.now(), often=True), recent)
    order.refresh_from_db()
    assert order.state == State.ACKNOWLEDGED
    withdraw(order, by=desk, reason="误")
    sent = Message.objects.count()
    assert not answer_by_text(Reply(902, PHONE, "收到", timezone.now(), often=True), recent)
    assert Message.objects.count() == sent
