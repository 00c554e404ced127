"""E-mail over a real SMTP server in a thread."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import notify
from tests.installation import free_port
from tests.sms_gateway import Gateway

from .conftest import after, work


@dataclass
class Post:
    """What the server has taken; `answer` instead, when it is given."""

    taken: list[EmailMessage] = field(default_factory=list)
    answer: str = ""
    rcpt: str = ""
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def smtp_at(port: int) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": 10}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    made = Post(port=free_port())
    server = Controller(made, hostname="127.0.0.1", port=made.port)
    server.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{made.port}"
    settings.MAILERS = smtp_at(made.port)
    settings.MAIL_FROM = "鄠邑应急 <duty@huyi.example>"
    yield made
    server.stop()


@pytest.fixture
def order(about: Callable[..., Record]) -> Callable[..., Message]:
    def make(address: str = "zhang@example.org", **said: Any) -> Message:
        (message,) = notify(
            [Receiver("张三", email=address)],
            "请立即集结:{link} 回复请点开。",
            record=about(),
            by=SYSTEM,
            link="https://x/1",
            **said,
        )
        return message

    return make


def test_it_arrives_with_its_link_and_reference(post: Post, order: Callable[..., Message]) -> None:
    message = order(subject="集结\r\nBcc: x@y")
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    (mail,) = post.taken
    assert mail["to"] == "zhang@example.org"
    assert mail["from"] == "鄠邑应急 <duty@huyi.example>"
    assert mail["subject"] == "集结 Bcc: x@y"
    assert mail["bcc"] is None
    assert mail["message-id"] == f"<{message.reference}@huyi.example>"
    assert "请立即集结:https://x/1 回复请点开。" in mail.get_content()


def test_refused_for_good(post: Post, order: Callable[..., Message]) -> None:
    post.rcpt = "550 no such user"
    message = order()
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("failed", "refused")
    assert "550" in message.attempts.get().said


@pytest.mark.parametrize("address", ["no address", "a@b\r\nc@d", "@"])
def test_an_address_that_is_none_has_failed(post: Post, order: Callable[..., Message], address: str) -> None:
    message = order(address)
    work()
    message.refresh_from_db()
    assert message.state == "failed"
    assert not post.taken


@pytest.mark.parametrize("where", ["rcpt", "answer"])
def test_refused_for_the_moment(post: Post, order: Callable[..., Message], where: str) -> None:
    setattr(post, where, "451 try later")
    message = order()
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("waiting", "again")
    setattr(post, where, "")
    after(timedelta(minutes=1))
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(post.taken) == 1


def test_a_server_that_is_down(post: Post, order: Callable[..., Message], settings: Any) -> None:
    settings.MAILERS = smtp_at(9)
    message = order()
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("waiting", "again")


def test_without_a_server_it_says_so(order: Callable[..., Message]) -> None:
    message = order()
    work()
    message.refresh_from_db()
    assert (message.state, message.why) == ("waiting", "not_set_up")


def test_an_sms_gateway_that_hangs_does_not_hold_up_the_post(
    post: Post, sms: Gateway, order: Callable[..., Message], about: Callable[..., Record]
) -> None:
    """The gateway answers only when the post has arrived."""
    sms.mode = "hang"
    notify([Receiver(str(n), phone=f"138000000{n:02}") for n in range(40)], "集结", record=about(), by=SYSTEM)
    message = order()

    async def arrived(_server: Any, _session: Any, envelope: Any) -> str:
        answer = await Post.handle_DATA(post, _server, _session, envelope)
        sms.mode = "ok"
        sms.ending.set()
        return answer

    post.handle_DATA = arrived  # type: ignore[method-assign]
    work()
    message.refresh_from_db()
    assert message.state == "sent"
    assert set(Message.objects.filter(channel="sms").values_list("state", flat=True)) <= {"sent", "waiting"}
