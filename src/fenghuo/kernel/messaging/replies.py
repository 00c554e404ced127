"""Answers by SMS: offered to the rooms in turn. A room contributes its reader in its own replies.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor

from .models import ChannelName, Message, MessageState
from .receivers import Receiver, sms_number
from .services.notifying import notify

RECENT = timedelta(days=7)
MOST_RECENT = 20
WENT = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED)


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered. `phone` as sms_number writes it; `said_at` is the gateway's time, else ours.

    `often`: this telephone writes so often that it may be a machine that answers each of our messages: it gets none.
    """

    id: int
    phone: str
    text: str
    said_at: datetime
    often: bool = False


type Reader = Callable[[Reply, list[Message]], bool]

_readers: list[Reader] = []


def reader(function: Reader) -> Reader:
    """Register a function that is offered each reply with the newest messages to that telephone, newest first.

    True: it has used the reply, nobody else is asked. It runs in a transaction of its own; what it raises undoes what
    it did, and the next one is asked.
    """
    _readers.append(function)
    return function


def readers() -> Sequence[Reader]:
    return tuple(_readers)


def recent_messages(phone: str) -> list[Message]:
    """What went to this telephone by SMS in the last seven days, newest first. 1 query."""
    number = sms_number(phone)
    if not number:
        return []
    since = timezone.now() - RECENT
    sent = Message.objects.filter(channel=ChannelName.SMS, address=number, state__in=WENT, created_at__gte=since)
    return list(sent.select_related("record", "person", "unit").order_by("-pk")[:MOST_RECENT])


def send_answer(reply: Reply, text: str, *, record: models.Model | int, by: Actor, name: str = "") -> bool:
    """An SMS back to the telephone that a reply came from, about this record. Raises: Invalid.

    False: nothing is sent, since it writes so often; let a person look at the reply.
    """
    if reply.often:
        return False
    notify([Receiver(name=name, phone=reply.phone)], text, record=record, by=by, channels=["sms"])
    return True
