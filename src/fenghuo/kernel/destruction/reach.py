"""How far an order reaches: what belongs to what it names, and what must not go now."""

from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from .models import Hold, Item, ItemState, OrderState
from .rooms import rooms

CHUNK = 500  # keys in one question
UNFINISHED = (OrderState.PREPARING, OrderState.DRAFTED, OrderState.RUNNING)


def together(records: Iterable[int]) -> list[int]:
    """These records and everything that belongs to them, in the order in which it was found."""
    found = dict.fromkeys(records)
    new: Sequence[int] = list(found)
    while new:
        belonging = [
            record
            for some in batched(new, CHUNK)
            for room in rooms()
            if room.belongs is not None
            for record in room.belongs(some)
        ]
        new = [record for record in dict.fromkeys(belonging) if record not in found]
        found |= dict.fromkeys(new)
    return list(found)


def obstacles(records: Collection[int], *, order: int | None = None, held: bool = False) -> dict[int, str]:
    """record → why it must not go now (see rooms.reason_said). `order`: the one that is asking, whose own it is.

    `held`: inside the transaction that removes.
    """
    found: dict[int, str] = {}
    for some in batched(records, CHUNK):
        for room in rooms():
            if room.obstacles is not None:
                found |= room.obstacles(some, held)
        found |= _ordered_elsewhere(some, order)
        found |= _on_hold(some)
    return found


def _ordered_elsewhere(records: Collection[int], order: int | None) -> dict[int, str]:
    waiting = Item.objects.filter(target__in=records, state=ItemState.WAITING, order__state__in=UNFINISHED)
    return dict.fromkeys(waiting.exclude(order=order).values_list("target_id", flat=True), "ordered")


def _on_hold(records: Collection[int]) -> dict[int, str]:
    """What is held itself, and what belongs to something that is held."""
    if not Hold.objects.filter(lifted_at__isnull=True).exists():
        return {}
    above: dict[int, set[int]] = {record: {record} for record in records}
    new = set(records)
    while new:
        owners = _owners(new)
        new = set()
        for seen in above.values():
            more = {owner for record in seen for owner in owners.get(record, ())} - seen
            seen |= more
            new |= more
    every = {owner for seen in above.values() for owner in seen}
    holds = set(Hold.objects.filter(target__in=every, lifted_at__isnull=True).values_list("target_id", flat=True))
    return {
        record: "held" if record in holds else "held_with"
        for record, seen in above.items()
        if not seen.isdisjoint(holds)
    }


def _owners(records: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for room in rooms():
        if room.owners is not None:
            for record, owners in room.owners(records).items():
                found.setdefault(record, set()).update(owners)
    return found
