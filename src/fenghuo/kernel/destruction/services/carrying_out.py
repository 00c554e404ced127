"""Carrying out what was confirmed: part by part, each whole in itself, so that a kill between two loses nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.destroyed import CARRIED_OUT, entries_with_values, remove_values
from fenghuo.kernel.journal.recording import record

from ..backups import backups_holding
from ..destroying import PRIVATE_VALUES
from ..models import Item, ItemState, Order, OrderState
from ..reach import obstacles
from ..rooms import rooms
from ..states import ORDER_STATES


@dataclass(frozen=True, slots=True)
class Part:
    """One step of an order. `ended`: there was nothing left to do and it is finished now."""

    taken: int
    ended: bool


def carry_out_part(order: Order, most: int) -> Part:
    """Remove what up to `most` records hold, in one transaction with the entry that tells of it.

    Each is looked at once more: what is open, held or ordered elsewhere by now is left, and said. With none left the
    order ends. Two workers do no harm: each part holds the order.
    """
    with transaction.atomic():
        order = Order.objects.select_related("record").lock(order)
        if order.state != OrderState.RUNNING:
            return Part(0, False)
        items = list(order.items.filter(state=ItemState.WAITING).order_by("pk")[:most])
        if not items:
            _complete(order)
        else:
            _remove(order, [item.target_id for item in items])
    for room in rooms():
        if room.finish is not None:
            room.finish()
    return Part(len(items), not items)


def _remove(order: Order, records: list[int]) -> None:
    now = timezone.now()
    stay = obstacles(records, order=order.pk, held=True)
    go = [pk for pk in records if pk not in stay]
    if stay:
        _leave(order, stay, now)
    if not go:
        return
    entries = entries_with_values(go)
    counts: dict[str, int] = {PRIVATE_VALUES: len(entries)}
    for room in rooms():
        for thing, count in room.remove(go, order.no).items():
            counts[thing] = counts.get(thing, 0) + count
    counts = {thing: count for thing, count in counts.items() if count}
    public = {"order": order.no, "records": len(go), "entries": entries, "counts": counts}
    told = record(CARRIED_OUT, SYSTEM, about=[order, *go], public=public)
    remove_values(entries, order_no=order.no, by_entry=told)
    order.items.filter(target__in=go).update(state=ItemState.DONE, ended_at=now)
    order.removed = {thing: order.removed.get(thing, 0) + counts.get(thing, 0) for thing in {*order.removed, *counts}}
    order.save(update_fields=["removed"])


def _leave(order: Order, stay: dict[int, str], now: datetime) -> None:
    for why in sorted(set(stay.values())):
        records = [pk for pk, said in stay.items() if said == why]
        order.items.filter(target__in=records).update(state=ItemState.LEFT, why=why, ended_at=now)
        public = {"order": order.no, "records": len(records), "why": why}
        record("destruction.left", SYSTEM, about=[order, *records], public=public)


def _complete(order: Order) -> None:
    order.state = OrderState(ORDER_STATES.check(order.state, "complete"))
    order.ended_at = timezone.now()
    order.backups = [
        {
            "name": backup.name,
            "made_at": backup.made_at.isoformat(),
            "expires_at": backup.expires_at.isoformat() if backup.expires_at else None,
        }
        for backup in backups_holding(order.ended_at)
    ]
    order.save(update_fields=["state", "ended_at", "backups"])
    counted = Item.objects.filter(order=order)
    public = {
        "order": order.no,
        "done": counted.filter(state=ItemState.DONE).count(),
        "left": counted.filter(state=ItemState.LEFT).count(),
        "removed": order.removed,
        "backups": order.backups,
    }
    record("destruction.completed", SYSTEM, about=[order], public=public)
