"""By telephone, noted by hand: for those who have nothing but a telephone that rings."""

import secrets
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record as put_on_record

from ..models import ChannelName, Message, MessageState
from ..receivers import Receiver


@transaction.atomic
def note_call(
    record: models.Model | int,
    receiver: Receiver,
    *,
    by: Actor,
    reached: bool,
    note: str = "",
    happened_at: datetime | None = None,
) -> Message:
    """Somebody was called about this record. Who was reached needs no other message any more: what failed is settled.

    Raises: NotFound, NotAllowed.
    """
    about = Record.objects.get(pk=record if isinstance(record, int) else record.pk)
    require(by, "messages.write", about)
    now = timezone.now()
    at = happened_at or now
    message = Message.objects.create(
        record=about,
        channel=ChannelName.CALL,
        state=MessageState.DELIVERED if reached else MessageState.FAILED,
        why="" if reached else "not_answered",
        name=receiver.name[:120],
        person_id=receiver.person_id,
        unit_id=receiver.unit_id,
        address=receiver.phone.strip()[:254],
        text=note.strip(),
        reference=secrets.token_hex(16),
        sender=by.label[:200],
        created_at=now,
        began_at=at,
        tries=1,
        sent_at=at,
        delivered_at=at if reached else None,
        ended_at=None if reached else at,
        journalled=not reached,
        settled_at=None if reached else now,  # whoever notes it knows it
    )
    if reached:
        _settle_failures(about, receiver, now)
    put_on_record(
        "message.call_noted",
        by,
        about=[about],
        happened_at=happened_at,
        public={"reached": reached},
        private={"receiver": receiver.name, "phone": receiver.phone, "note": note.strip()},
    )
    return message


def _settle_failures(about: Record, receiver: Receiver, now: datetime) -> None:
    same = Q()
    if receiver.person_id is not None:
        same |= Q(person=receiver.person_id)
    if receiver.unit_id is not None:
        same |= Q(unit=receiver.unit_id)
    if receiver.phone:
        same |= Q(address=receiver.phone.strip())
    failed = Message.objects.filter(record=about, state__in=(MessageState.FAILED, MessageState.UNREACHABLE))
    if same:
        failed.filter(same, settled_at=None).update(settled_at=now)
