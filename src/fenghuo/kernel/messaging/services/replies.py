"""Replies by SMS: each is offered to the rooms' readers once; what none of them uses goes on the list."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from fenghuo.kernel.access.actor import Actor

from ..models import Incoming, IncomingKind, Message
from ..receivers import sms_number
from ..replies import Reply, readers, recent_messages
from .incoming import keep, put_on_the_list

LOG = logging.getLogger(__name__)
# More replies than people write: answers of a machine to our answers would go on for ever (本县设定).
OFTEN, OFTEN_WITHIN = 10, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply as the gateway tells it."""

    gateway_id: str
    phone: str
    text: str
    said_at: datetime | None
    body: str


def take_replies(answers: Sequence[Answer], *, by: Actor) -> None:
    for answer in answers:
        _take(answer, by)


@transaction.atomic
def _take(answer: Answer, by: Actor) -> None:
    phone = sms_number(answer.phone) or answer.phone
    kept, new = keep(
        IncomingKind.REPLY,
        _key(answer, phone),
        body=answer.body,
        gateway_id=answer.gateway_id,
        phone=phone,
        text=answer.text,
        said_at=answer.said_at,
    )
    if not new:
        return
    recent = recent_messages(phone)
    if recent:
        kept.message = recent[0]
        kept.save(update_fields=["message"])
    if not _used(Reply(kept.pk, phone, answer.text, answer.said_at or kept.received_at, _often(kept)), recent):
        put_on_the_list(kept, by=by)


def _often(kept: Incoming) -> bool:
    since = kept.received_at - OFTEN_WITHIN
    return Incoming.objects.filter(kind=IncomingKind.REPLY, phone=kept.phone, received_at__gte=since).count() > OFTEN


def _key(answer: Answer, phone: str) -> tuple[str, ...]:
    """Without the gateway's id or time nobody knows a repeat from a second answer, and none may be lost."""
    if answer.gateway_id:
        return (answer.gateway_id,)
    if answer.said_at is not None:
        return (phone, answer.text, answer.said_at.isoformat())
    return (secrets.token_hex(16),)


def _used(reply: Reply, recent: list[Message]) -> bool:
    for read in readers():
        try:
            with transaction.atomic():
                if read(reply, recent):
                    return True
        except Exception:
            LOG.exception("a reader of replies broke; the next one is asked")
    return False
