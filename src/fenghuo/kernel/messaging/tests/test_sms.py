"""SMS over the gateway: accepted once, whatever it does meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.channels import CHANNELS, NotSent
from fenghuo.kernel.messaging.channels import sms as sms_folder
from fenghuo.kernel.messaging.claiming import claim_due
from fenghuo.kernel.messaging.models import Attempt, Message
from fenghuo.kernel.messaging.outcomes import Ended, record_ended
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import cancel_messages, notify, send_again
from tests.county import County
from tests.sms_gateway import Gateway

from .conftest import after, work

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = "13800000000"


@pytest.fixture
def order(about: Callable[..., Record]) -> Callable[..., Message]:
    def make(**said: Any) -> Message:
        (message,) = notify([Receiver("张三", phone=PHONE)], "集结 {link}", record=about(), by=SYSTEM, **said)
        return message

    return make


def test_it_is_accepted_with_our_reference(sms: Gateway, order: Callable[..., Message]) -> None:
    message = order(link="https://x/1")
    work()
    message.refresh_from_db()
    assert sms.accepted == [
        {"mobile": PHONE, "content": "【鄠邑应急】集结 https://x/1", "reference": message.reference}
    ]
    assert (message.state, message.gateway_id, message.tries) == ("sent", "G1", 1)
    attempt = message.attempts.get()
    assert (attempt.outcome, attempt.ended_at is not None) == ("accepted", True)
    work()
    assert len(sms.accepted) == 1


def test_a_form_gateway_gets_a_form(sms: Gateway, order: Callable[..., Message], settings: Any) -> None:
    sms.write(settings.SMS_GATEWAY, top=f'url = "{sms.url}/send"\nencoding = "form"')
    order()
    work()
    assert sms.accepted[0]["content"] == "【鄠邑应急】集结"


@pytest.mark.parametrize("mode", ["busy", "500", "garbage", "deaf"])
def test_an_hour_of_trouble_and_then_it_is_accepted_once(
    sms: Gateway, order: Callable[..., Message], mode: str
) -> None:
    message = order()
    sms.mode = mode
    work()
    message.refresh_from_db()
    assert message.state == "waiting"
    assert message.why == ("again" if mode == "busy" else "unknown")
    for _minute in range(60):
        after(timedelta(minutes=1))
        work()
    sms.mode = "ok"
    after(HOUR)
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    assert sms.times() == {message.reference: 1}
    assert message.attempts.count() == message.tries


def test_down_for_an_hour(sms: Gateway, order: Callable[..., Message], settings: Any) -> None:
    sms.write(settings.SMS_GATEWAY, top='url = "http://127.0.0.1:9/send"')
    message = order()
    work()
    pauses = []
    for _try in range(5):
        message.refresh_from_db()
        assert message.due_at is not None
        pauses.append(round((message.due_at - message.attempts.latest("pk").ended_at).total_seconds()))  # type: ignore[operator]
        after(message.due_at - message.attempts.latest("pk").at)
        work()
    assert pauses == [5, 30, 120, 600, 1800]
    sms.write(settings.SMS_GATEWAY)
    after(HOUR)
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(sms.accepted) == 1


def test_what_the_gateway_refuses_has_failed_and_is_sent_again_by_hand(
    sms: Gateway, order: Callable[..., Message], county: County
) -> None:
    message = order()
    sms.mode = "error"
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("failed", "refused")
    assert "余额不足" in message.attempts.get().said
    entry = Entry.objects.get(verb="message.failed")
    assert PHONE not in entry.text
    assert PHONE in entry.private.value
    sms.mode = "ok"
    after(DAY)
    work()
    assert not sms.accepted
    send_again(message, by=county.actor("emo"))
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    assert sms.times() == {message.reference: 1}


def test_after_a_day_it_is_given_up_and_seen(sms: Gateway, order: Callable[..., Message]) -> None:
    message = order()
    sms.mode = "busy"
    work()
    after(DAY)
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("failed", "given_up")
    assert Entry.objects.filter(verb="message.failed").count() == 1


def test_failures_of_one_order_are_one_line_of_the_journal(sms: Gateway, about: Callable[..., Record]) -> None:
    sms.mode = "error"
    notify([Receiver(str(n), phone=f"138000000{n:02}") for n in range(8)], "集结", record=about(), by=SYSTEM)
    work()
    assert [entry.text.count('"count":8') for entry in Entry.objects.filter(verb="message.failed")] == [1]


@pytest.mark.parametrize("said", [None, "url = 1"])
def test_without_a_gateway_it_waits_and_says_why(
    sms: Gateway, order: Callable[..., Message], settings: Any, said: str | None
) -> None:
    if said is None:
        settings.SMS_GATEWAY.unlink()
    else:
        settings.SMS_GATEWAY.write_text(said)
    message = order()
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("waiting", "misconfigured" if said else "not_set_up")
    assert message.tries == 0
    sms.write(settings.SMS_GATEWAY)
    after(timedelta(minutes=1))
    work()
    assert len(sms.accepted) == 1


def test_without_a_gateway_for_a_day_it_has_failed(sms: Gateway, order: Callable[..., Message], settings: Any) -> None:
    settings.SMS_GATEWAY.unlink()
    message = order()
    after(DAY)
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("failed", "not_set_up")


def test_a_gateway_that_hangs_is_left(
    sms: Gateway, order: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms_folder.channel, "LONGEST", 0.2)
    message = order()
    sms.mode = "hang"
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("waiting", "unknown")
    assert message.attempts.get().outcome == "unknown"
    assert httpx.ReadTimeout.__name__ in message.attempts.get().said


def test_what_a_dead_worker_was_sending_is_asked_for_first(sms: Gateway, order: Callable[..., Message]) -> None:
    """The worker died after the gateway had accepted one, and before it had the other."""
    had, had_not = order(), order()
    for message in (had, had_not):
        Message.objects.filter(pk=message.pk).update(state="sending", claim="dead", doubtful=True, tries=1)
        Attempt.objects.create(message=message, at=message.created_at)
    sms.accept({"reference": had.reference})
    work()
    assert sms.times() == {had.reference: 1, had_not.reference: 1}
    assert set(sms.asked) == {had.reference, had_not.reference}
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert Attempt.objects.filter(outcome="unknown").count() == 2


def test_a_lease_that_runs_is_respected(sms: Gateway, order: Callable[..., Message]) -> None:
    message = order()
    after(timedelta(seconds=-25))
    Message.objects.filter(pk=message.pk).update(state="sending", claim="alive")
    work()
    assert not sms.accepted
    after(timedelta(seconds=30))
    work()
    assert len(sms.accepted) == 1


@pytest.mark.parametrize("flag", ["exercise", "demo"])
def test_the_records_own_flags_count_at_the_moment_of_sending(
    sms: Gateway, order: Callable[..., Message], flag: str
) -> None:
    message = order()
    Record.objects.filter(pk=message.record_id).update(**{flag: True})
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("held", flag)
    assert not sms.accepted


def test_a_failed_one_of_an_exercise_is_not_sent_again_either(
    sms: Gateway, order: Callable[..., Message], county: County
) -> None:
    message = order()
    sms.mode = "error"
    work()
    Record.objects.filter(pk=message.record_id).update(exercise=True)
    sms.mode = "ok"
    send_again(message, by=county.actor("emo"))
    work()
    assert not sms.accepted


def test_what_was_cancelled_is_not_sent(sms: Gateway, order: Callable[..., Message]) -> None:
    message = order()
    cancel_messages(message.record_id, by=SYSTEM)
    work()
    assert not sms.accepted


def test_an_order_is_sent_over_kept_connections(sms: Gateway, about: Callable[..., Record]) -> None:
    notify([Receiver(str(n), phone=f"138000000{n:02}") for n in range(99)], "集结", record=about(), by=SYSTEM)
    work()
    assert len(sms.times()) == 99
    assert max(sms.times().values()) == 1
    assert set(Message.objects.values_list("state", "tries")) == {("sent", 1)}


@pytest.mark.parametrize("unknown", [False, True])
def test_what_was_cancelled_while_it_was_being_sent_is_not_tried_again(
    sms: Gateway, order: Callable[..., Message], unknown: bool
) -> None:
    """Else the order would follow its own withdrawal, perhaps hours later."""
    message = order()
    claimed = claim_due(CHANNELS["sms"], 1, timezone.now())
    cancel_messages(message.record_id, by=SYSTEM)
    error = NotSent("busy", again=True, unknown=unknown)
    record_ended([Ended(job, timezone.now(), error=error) for job in claimed])
    message.refresh_from_db()
    assert (message.state, message.due_at) == ("cancelled", None)
    after(DAY)
    work()
    assert not sms.accepted


def test_what_was_cancelled_under_a_worker_that_died_is_not_sent(sms: Gateway, order: Callable[..., Message]) -> None:
    message = order()
    claim_due(CHANNELS["sms"], 1, timezone.now())
    cancel_messages(message.record_id, by=SYSTEM)
    after(HOUR)
    work()
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert not sms.accepted


def test_what_had_failed_is_not_sent_again_once_it_is_cancelled(
    sms: Gateway, order: Callable[..., Message], county: County
) -> None:
    message = order()
    Message.objects.update(state="failed", why="refused", due_at=None)
    cancel_messages(message.record_id, by=SYSTEM)
    with pytest.raises(WrongState):
        send_again(message, by=county.actor("emo"))
