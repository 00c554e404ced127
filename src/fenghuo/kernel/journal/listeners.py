"""The one in-transaction list: clocks and kept counters hear of an entry before it is committed."""

from collections.abc import Callable

from .models import Entry

type Listener = Callable[[Entry, list[int]], None]

_listeners: dict[str, list[Listener]] = {}


def on(verb: str) -> Callable[[Listener], Listener]:
    """Call the function with each new entry of this verb and the ids of the records it is about.

    It runs in the writer's transaction: what it raises undoes the change. For rows only, never for sending.
    """

    def add(listener: Listener) -> Listener:
        _listeners.setdefault(verb, []).append(listener)
        return listener

    return add


def tell_listeners(entry: Entry, about: list[int]) -> None:
    for listener in _listeners.get(entry.verb, ()):
        listener(entry, about)
