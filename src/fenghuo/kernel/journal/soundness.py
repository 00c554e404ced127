"""Whether one position of the journal is as it was written: its columns, its links to records, its private value."""

import json
from operator import itemgetter
from typing import Any

from .canonical import canonical, commitment
from .recording import COLUMNS
from .walking import Held

# The names in the sealed text, in the order of Held.columns.
SAID = ("verb", "post", "unit", "token", "actor", "address", "happened_at", "recorded_at")
_said = itemgetter(*SAID)
_rest = itemgetter("about", "private")
KEYS = {"v", *SAID, "about", "public", "private"}
assert len(SAID) == len(COLUMNS[1:-1])


def wrong_with(held: Held, *, form: bool) -> str:
    """What differs from the sealed text, in words; "" when nothing does. The private value has a function of its own.

    `form`: also whether the text is as `record` writes it; where a seal holds the text, its hash says so already.
    """
    if held.found is None:
        return "entry is missing"
    try:
        sealed = json.loads(held.text)
        said = _said(sealed)
        about, private = _rest(sealed)
    except (ValueError, KeyError, TypeError, RecursionError):
        return "text cannot be read"
    places = held.about.places
    if said != held.columns or about != held.about.records or places != list(range(len(places))):
        return f"columns differ from the sealed text: {', '.join(_differing(said, about, held))}"
    if form and not _as_written(sealed, held.text):
        return "columns differ from the sealed text: text"
    return "" if private is None and held.private is None else _wrong_with_private(held, private)


def _wrong_with_private(held: Held, sealed: Any) -> str:
    if sealed is None:
        return "private value was inserted"
    if held.private is None:
        return "" if held.destroyed is not None else "private value is missing"
    value, salt = held.private
    try:
        # Exactly 32 bytes: else some of the value could be moved into the salt, and the hash would not change.
        strict = len(salt) == 64 and bytes.fromhex(salt).hex() == salt
        kept = strict and commitment(salt, value) == sealed
    except (ValueError, TypeError, AttributeError):
        kept = False
    return "" if kept else "private value differs from its commitment"


def _as_written(sealed: dict[str, Any], text: str) -> bool:
    try:
        return set(sealed) == KEYS and sealed["v"] == 1 and canonical(sealed) == text
    except (ValueError, TypeError):
        return False


def _differing(said: tuple[Any, ...], about: Any, held: Held) -> list[str]:
    found = [name for name, one, other in zip(SAID, said, held.columns, strict=True) if one != other]
    in_order = held.about.places == list(range(len(held.about.places)))
    return found if in_order and about == held.about.records else [*found, "about"]
