"""The one in-transaction list: clocks and kept counters hear of entries before they are committed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple


class Noted(NamedTuple):
    """An entry as listeners hear of it. `about`: keys of the records, the subject first."""

    entry: int
    verb: str
    happened_at: datetime
    about: Sequence[int]
    public: Mapping[str, Any]


type Listener = Callable[[list[Noted]], None]

_listeners: dict[str, list[Listener]] = {}


def on(verb: str) -> Callable[[Listener], Listener]:
    """Call the function with the new entries of this verb, all that were recorded together at once.

    It runs in the writer's transaction: what it raises undoes the change. For rows only, never for sending.
    """

    def add(listener: Listener) -> Listener:
        _listeners.setdefault(verb, []).append(listener)
        return listener

    return add


def tell_listeners(noted: Sequence[Noted]) -> None:
    for verb in dict.fromkeys(note.verb for note in noted):
        for listener in _listeners.get(verb, ()):
            listener([note for note in noted if note.verb == verb])
