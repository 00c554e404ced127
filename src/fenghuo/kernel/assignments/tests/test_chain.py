"""Who does not answer is reminded, then the next is asked, then the desk is told. Each exactly once."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.assignments.models import Assignment, Step
from fenghuo.kernel.assignments.services import acknowledge, decline, do_due_steps, withdraw
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.web.today import items_for
from tests.county import County
from tests.orders import give, pass_minutes, staff


@pytest.fixture
def desk(county: County) -> Actor:
    return county.actor("emo")


@pytest.fixture
def order(county: County, desk: Actor) -> Assignment:
    staff(county.units["a"], ("王", "13800000001", "duty_officer"), ("李", "13800000002", "head"), by=SYSTEM)
    return give(county, desk, "a")[0]


def sent_to(order: Assignment) -> list[str]:
    return list(Message.objects.filter(record=order.pk, channel="sms").order_by("pk").values_list("address", flat=True))


def test_reminder_next_in_line_and_back_to_the_desk(order: Assignment, desk: Actor) -> None:
    assert pass_minutes(2) == 0
    assert pass_minutes(1) == 1
    assert sent_to(order) == ["13800000001"] * 2
    assert pass_minutes(3) == 1
    assert sent_to(order) == ["13800000001", "13800000001", "13800000002"]
    order.refresh_from_db()
    assert order.escalated_at is None
    assert pass_minutes(3) == 1
    order.refresh_from_db()
    assert order.escalated_at is not None
    assert any(order.to_name in item.title for item in items_for(desk))
    assert pass_minutes(60) == 0
    assert Entry.objects.filter(verb="assignment.asked").count() == 2


@pytest.mark.parametrize("how", ["acknowledge", "decline", "withdraw"])
def test_nobody_is_asked_any_more_after_an_answer(order: Assignment, desk: Actor, how: str) -> None:
    match how:
        case "acknowledge":
            acknowledge(order, by=desk)
        case "decline":
            decline(order, by=desk, reason="在外")
        case _:
            withdraw(order, by=desk, reason="误")
    before = len(sent_to(order))
    assert pass_minutes(60) == 0
    assert len(sent_to(order)) == before


def test_a_step_that_another_worker_has_taken_is_not_done_twice(order: Assignment) -> None:
    step = Step.objects.filter(done_at__isnull=True).order_by("place")[0]
    Step.objects.filter(pk=step.pk).update(done_at=order.issued_at)
    pass_minutes(3)
    assert sent_to(order) == ["13800000001"]


def test_who_was_asked_gets_word_of_the_withdrawal(order: Assignment, desk: Actor) -> None:
    Message.objects.filter(record=order.pk).update(state="sent")
    pass_minutes(6)
    withdraw(order, by=desk, reason="已处置完毕")
    words = Message.objects.filter(record=order.pk, channel="sms", text__contains="已处置完毕")
    assert sorted(words.values_list("address", flat=True)) == ["13800000001", "13800000002"]


def test_two_rounds_at_the_same_moment_do_each_step_once(order: Assignment) -> None:
    pass_minutes(3)
    assert do_due_steps() == 0
