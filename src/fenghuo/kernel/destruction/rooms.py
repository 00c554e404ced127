"""What each room holds of people, and how it lets go of it. Rooms say so in destroying.py; nobody here knows them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Item, ItemState

type Keys = Collection[int]  # of records
type Counts = Mapping[str, int]


def _nothing(_records: Keys) -> Counts:
    return {}


@dataclass(frozen=True, slots=True)
class Room:
    """`things`: the words for what it counts. `held` counts without changing; `remove` (records, number of the order)
    changes inside the caller's transaction and counts what it did. Both twice do no harm.

    `kinds`: kinds of record that an order may name here. `belongs`: records that go together with these, `owners`:
    for each of these, those it goes together with. `obstacles`: for those that must not go now, a key of `reasons`;
    its second argument is True inside the transaction that removes: what is asked about is then to be held.
    `cautions`: what does not forbid it and should be known before; a rule waits for it to pass.
    `due`: by subject of a retention rule, the records not destroyed yet whose time began before a moment, oldest first.
    `sweeps`: by subject, a function that removes what is older than a moment and belongs to no record, and counts it.
    `finish`: what is left to do outside the database, after the commit; twice does no harm.
    """

    name: str
    things: Mapping[str, str | Promise] = field(default_factory=dict)
    held: Callable[[Keys], Counts] = _nothing
    remove: Callable[[Keys, int], Counts] = field(default=lambda _records, _order: {})
    kinds: tuple[str, ...] = ()
    belongs: Callable[[Keys], Iterable[int]] | None = None
    owners: Callable[[Keys], Mapping[int, Collection[int]]] | None = None
    obstacles: Callable[[Keys, bool], Mapping[int, str]] | None = None
    cautions: Callable[[Keys], Counts] = _nothing
    reasons: Mapping[str, str | Promise] = field(default_factory=dict)
    due: Mapping[str, Callable[[datetime], Iterable[int]]] = field(default_factory=dict)
    sweeps: Mapping[str, Callable[[datetime], int]] = field(default_factory=dict)
    finish: Callable[[], None] | None = None


OWN_REASONS: Mapping[str, str | Promise] = {
    "held": _("it is held"),
    "held_with": _("what it belongs to is held"),
    "ordered": _("another order that is not finished names it"),
    "nothing_left": _("an order has destroyed it already, and nothing is left"),
    "order_cancelled": _("the order was cancelled before its turn"),
}

_rooms: dict[str, Room] = {}


def add(room: Room) -> None:
    if room.name in _rooms:
        raise ValueError(f"the room {room.name} says twice what it holds of people")
    _rooms[room.name] = room


def rooms() -> list[Room]:
    """In the order in which the rooms are installed, the lowest first."""
    return list(_rooms.values())


def kinds() -> list[str]:
    """The kinds of record that an order may name."""
    return [kind for room in rooms() for kind in room.kinds]


def not_destroyed(path: str) -> Q:
    """A condition on rows whose record stands at `path`: no order has destroyed what it held."""
    return ~Q(Exists(Item.objects.filter(target=OuterRef(path), state=ItemState.DONE)))


def reason_said(why: str) -> str:
    """Why a record is left as it is, in words."""
    own = dict(OWN_REASONS) | {key: word for room in rooms() for key, word in room.reasons.items()}
    return str(own.get(why, why))


def thing_said(thing: str) -> str:
    """The word for what is counted under this name; a name that no room knows any more as it stands."""
    return str(next((room.things[thing] for room in rooms() if thing in room.things), thing))
