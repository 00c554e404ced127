"""Putting final failures on record: one entry for each record and batch, names in its private part."""

from collections.abc import Iterable

from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import Draft, record_many

from ..models import Message, MessageState

MOST_AT_ONCE = 2000


def record_failures(failed: Iterable[Message]) -> None:
    """An order to a hundred people is one line of the timeline, however many of them were not reached."""
    by_record: dict[int, list[Message]] = {}
    for message in failed:
        by_record.setdefault(message.record_id, []).append(message)
    record_many(
        [
            Draft(
                "message.failed",
                SYSTEM,
                about=[record],
                public={"count": len(messages), "channels": sorted({str(one.channel) for one in messages})},
                private={"receivers": [{"name": one.name, "address": one.address} for one in messages]},
            )
            for record, messages in by_record.items()
        ]
    )


def tell_failures() -> None:
    """Put on record what has failed since it was last told. Called by the worker between rounds, not for each failure:
    what fails together is told together. 1 query when there is nothing.
    """
    untold = Message.objects.filter(state=MessageState.FAILED, journalled=False)
    if not untold.exists():
        return
    with transaction.atomic():
        rows = list(untold.select_for_update(skip_locked=True).order_by("pk")[:MOST_AT_ONCE])
        record_failures(rows)
        Message.objects.filter(pk__in=[message.pk for message in rows]).update(journalled=True)
