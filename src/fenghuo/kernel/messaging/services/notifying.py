"""Telling people something: rows in the outbox, in the transaction of what they are told about."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Record

from ..channels import CHANNELS
from ..gate import marked, may_leave
from ..models import Attempt, ChannelName, Message, MessageState, Outcome
from ..receivers import Receiver, sms_number
from ..waking import wake
from .failing import record_failures

MOST = 2000  # characters


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one receiver about one record; see notify_each."""

    receiver: Receiver
    text: str
    record: int
    subject: str = ""
    link: str = ""


def notify(
    receivers: Sequence[Receiver],
    text: str,
    *,
    record: models.Model | int,
    by: Actor,
    subject: str = "",
    link: str = "",
    channels: Sequence[str] | None = None,
    approved: bool = True,
    restricted: bool = False,
) -> list[Message]:
    """The same to each of these receivers; see notify_each."""
    about = record if isinstance(record, int) else int(record.pk)
    _check(text)
    notices = [Notice(receiver, text, about, subject, link) for receiver in receivers]
    return notify_each(notices, by=by, channels=channels, approved=approved, restricted=restricted)


def notify_each(
    notices: Sequence[Notice],
    *,
    by: Actor,
    channels: Sequence[str] | None = None,
    approved: bool = True,
    restricted: bool = False,
) -> list[Message]:
    """One row for each receiver and channel by which they can be reached, in their order; inside the caller's
    transaction, as part of its verb, whose right has been asked. A handful of statements however many there are.

    `{link}` in the text is where the link goes, else it follows the text. `channels` narrows the usual ones (in_app for
    a person, sms for a mobile telephone, email). Who cannot be reached gets one row that says so. `approved=False`
    waits in the house for `approve_messages`; `restricted` content never leaves it.
    Raises: Invalid (no text, too long, U+0000), RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("messages are written in the transaction of what they tell of")
    if unknown := set(channels or ()) - set(ChannelName.values):
        raise ValueError(f"unknown channels {sorted(unknown)}")
    for notice in notices:
        _check(notice.text)
    records = Record.objects.in_bulk([notice.record for notice in notices])
    now = timezone.now()
    made = []
    for notice in notices:
        about, receiver = records[notice.record], notice.receiver
        for channel, address in _ways(receiver, channels):
            message = Message(
                record=about,
                channel=channel,
                name=receiver.name[:120],
                person_id=receiver.person_id,
                unit_id=receiver.unit_id,
                address=address,
                subject=marked(notice.subject, exercise=about.exercise)[:200] if notice.subject else "",
                text=marked(with_link(notice.text, notice.link), exercise=about.exercise),
                link=notice.link,
                reference=secrets.token_hex(16),
                sender=by.label[:200],
                approved=approved,
                restricted=restricted,
                created_at=now,
                began_at=now,
            )
            _begin(message, about, now)
            made.append(message)
    Message.objects.bulk_create(made)
    shown = [message for message in made if message.state == MessageState.SENT]
    Attempt.objects.bulk_create(Attempt(message=one, at=now, ended_at=now, outcome=Outcome.ACCEPTED) for one in shown)
    record_failures([message for message in made if message.state == MessageState.UNREACHABLE])
    if any(message.state == MessageState.WAITING for message in made):
        transaction.on_commit(wake)
    return made


def with_link(text: str, link: str) -> str:
    """The link where the text wants it, else behind the text."""
    if "{link}" in text:
        return text.replace("{link}", link).strip()
    return f"{text} {link}".strip()


def _ways(receiver: Receiver, channels: Sequence[str] | None) -> list[tuple[ChannelName, str]]:
    """(channel, address) of each way; the one row that says there is none, with what might be dialled."""
    found = []
    if receiver.person_id is not None:
        found.append((ChannelName.IN_APP, ""))
    if number := sms_number(receiver.phone):
        found.append((ChannelName.SMS, number))
    if receiver.email:
        found.append((ChannelName.EMAIL, receiver.email.strip()[:254]))
    usable = [way for way in found if channels is None or way[0] in channels]
    return usable or [(ChannelName.NONE, receiver.phone.strip()[:254])]


def _begin(message: Message, about: Record, now: datetime) -> None:
    """The state it starts in. What lies inside the house is there as soon as it is written."""
    if message.channel == ChannelName.NONE:
        message.state, message.why, message.ended_at = MessageState.UNREACHABLE, "no_channel", now
        return
    verdict = may_leave(
        outside=CHANNELS[message.channel].outside,
        exercise=about.exercise,
        demo=about.demo,
        approved=message.approved,
        restricted=message.restricted,
    )
    if not verdict.leaves:
        message.state, message.why = MessageState.HELD, verdict.why
    elif not CHANNELS[message.channel].lanes:
        message.state, message.sent_at, message.tries = MessageState.SENT, now, 1
    else:
        message.state, message.due_at = MessageState.WAITING, now


def _check(text: str) -> None:
    if not text.strip():
        raise Invalid(Fault("text", _("write something"), text))
    if len(text) > MOST:
        raise Invalid(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST}, text[:200]))
    if "\x00" in text:
        raise Invalid(Fault("text", _("holds a character that cannot be kept (U+0000)"), text[:200]))
