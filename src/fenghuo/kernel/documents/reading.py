"""Which right it takes to read the files of a kind of record. Rooms say so for the kinds that are theirs."""

from collections.abc import Callable

_actions: dict[str, str] = {}


def readable_with(kind: str, action: str) -> None:
    """Files of records of this kind may be read by whoever sees the record and may do `action`."""
    _actions[kind] = action


def kinds_for(may: Callable[[str], bool]) -> list[str]:
    """The kinds of record whose files somebody may read, who may do what `may` says."""
    return [kind for kind, action in _actions.items() if may(action)]
