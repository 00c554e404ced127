"""Receipts: what became of a message after the gateway had taken it over.

Which one holds: delivered is final, since no later word undoes that a telephone had it; it also corrects a failure, and
a message that we believed not accepted. Failed holds for what was accepted, or may have been. The order in which they
come makes no difference, and the same one again none either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor

from ..channels.sms.callbacks import Meaning, meaning_of
from ..models import ChannelName, Incoming, IncomingKind, Message, MessageState
from .incoming import keep, put_on_the_list

AT_ONCE = 50
MATCHED = "matched"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status` as the gateway says it, `meaning` what sms.toml makes of it ("" when it names no such status)."""

    reference: str
    gateway_id: str
    status: str
    meaning: Meaning
    said_at: datetime | None
    body: str


def take_receipts(receipts: Sequence[Receipt], *, by: Actor) -> None:
    """Those of messages that we do not know, or whose status nobody has described, go on the list."""
    for some in batched(receipts, AT_ONCE):
        with transaction.atomic():
            for receipt in some:
                _take(receipt, by)


def _take(receipt: Receipt, by: Actor) -> None:
    message = _message_of(receipt)
    # A gateway that tells no time says the same of a second try as of the first.
    time = receipt.said_at or (message.began_at if message else None)
    name = receipt.reference or receipt.gateway_id
    kept, new = keep(
        IncomingKind.RECEIPT,
        (name, receipt.status, time.isoformat() if time else ""),
        body=receipt.body,
        message=message,
        gateway_id=receipt.gateway_id,
        status=receipt.status,
        said_at=receipt.said_at,
    )
    if not new:
        return
    if message is None or not receipt.meaning:
        put_on_the_list(kept, by=by)
    else:
        _apply(message, receipt.meaning, receipt.said_at or kept.received_at)


def _message_of(receipt: Receipt) -> Message | None:
    ours = Message.objects.filter(channel=ChannelName.SMS)
    found = ours.filter(reference=receipt.reference).first() if receipt.reference else None
    if found is None and receipt.gateway_id:
        found = ours.filter(gateway_id=receipt.gateway_id).order_by("-pk").first()
    return found


def _apply(message: Message, meaning: Meaning, at: datetime) -> None:
    this = Message.objects.filter(pk=message.pk)
    if meaning == "delivered":
        this.exclude(state__in=(MessageState.DELIVERED, MessageState.HELD)).update(
            state=MessageState.DELIVERED,
            why="",
            due_at=None,
            doubtful=False,
            ended_at=None,
            delivered_at=at,
            sent_at=Coalesce("sent_at", Value(at)),
        )
    elif meaning == "failed":
        accepted = Q(state__in=(MessageState.SENDING, MessageState.SENT)) | Q(state=MessageState.WAITING, doubtful=True)
        this.filter(accepted).update(state=MessageState.FAILED, why="undelivered", due_at=None, ended_at=at)


def match_early_receipts(gateway_ids: Sequence[str]) -> None:
    """Receipts that named a message by an id which the gateway had not told us yet: now they fit.

    Inside the caller's transaction. 1 query when there is none.
    """
    early = Incoming.objects.filter(kind=IncomingKind.RECEIPT, message=None, gateway_id__in=gateway_ids)
    rows = list(early.order_by("pk")) if gateway_ids else []
    for row in rows:
        message = Message.objects.filter(channel=ChannelName.SMS, gateway_id=row.gateway_id).order_by("-pk").first()
        if message is None:
            continue
        _apply(message, meaning_of(row.status), row.said_at or row.received_at)
        row.message, row.settled_at, row.note = message, timezone.now(), MATCHED
        row.save(update_fields=["message", "settled_at", "note"])
