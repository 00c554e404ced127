"""Putting final failures on record: one entry for each record and batch, names in its private part."""

from collections.abc import Iterable

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import Draft, record_many

from ..models import Message


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
