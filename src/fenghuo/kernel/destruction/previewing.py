"""What an order will remove, counted before anybody confirms it."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import batched

from fenghuo.kernel.journal.destroyed import entries_with_values

from .destroying import PRIVATE_VALUES
from .models import Item, ItemState, Order
from .reach import CHUNK, obstacles, together
from .rooms import Counts, Room, rooms


@dataclass(frozen=True, slots=True)
class Preview:
    """`records`: all that go. `counts` by thing, those of which there is nothing left out. `obstacles`: record → why.

    `fingerprint`: whoever confirms says which preview was seen; another one since means that something has changed.
    """

    records: tuple[int, ...]
    counts: dict[str, int]
    obstacles: dict[int, str]
    cautions: dict[str, int]

    @property
    def fingerprint(self) -> str:
        said = f"{sorted(self.records)} {sorted(self.counts.items())} {sorted(self.obstacles.items())}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def preview(order: Order) -> Preview:
    """What is waiting in this order, with everything that belongs to it by now. Changes nothing."""
    waiting = Item.objects.filter(order=order, state=ItemState.WAITING).order_by("pk")
    records = together(waiting.values_list("target_id", flat=True))
    return Preview(tuple(records), held(records), obstacles(records, order=order.pk), cautions(records))


def held(records: Collection[int]) -> dict[str, int]:
    """What the rooms hold of these records, counted by thing."""
    counts = _sum(records, lambda room, some: room.held(some))
    counts[PRIVATE_VALUES] = len(entries_with_values(records))
    return {thing: count for thing, count in counts.items() if count}


def cautions(records: Collection[int]) -> dict[str, int]:
    """What should be known before these go, and does not forbid it."""
    return _sum(records, lambda room, some: room.cautions(some))


def _sum(records: Collection[int], count: Callable[[Room, Collection[int]], Counts]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batched(records, CHUNK):
        for room in rooms():
            for thing, number in count(room, some).items():
                found[thing] = found.get(thing, 0) + number
    return {thing: number for thing, number in found.items() if number}
