"""`record`: the only way into the journal, in the same transaction as the change it tells of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.rows import Rows, ask_keys

from .canonical import canonical, commitment, new_salt
from .listeners import Noted, tell_listeners
from .models import Entry, EntryAbout, Private
from .order import insert_in_order

COLUMNS = (
    *("id", "verb", "post_id", "unit_id", "token_id", "actor_label", "address"),
    *("happened_at", "recorded_at", "text"),
)


class Draft(NamedTuple):
    """What is to be recorded. `about`: records, models that share a record's key, or keys; the first is the subject.

    `public` is sealed and shown; `private` is committed to and kept apart: whatever is personal belongs there.
    """

    verb: str
    by: Actor
    about: Sequence[models.Model | int]
    happened_at: datetime | None = None
    public: Mapping[str, Any] | None = None
    private: Mapping[str, Any] | None = None


def record(
    verb: str,
    by: Actor,
    *,
    about: Sequence[models.Model | int],
    happened_at: datetime | None = None,
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> int:
    """One entry; see Draft. Its key. The caller holds the transaction."""
    return record_many([Draft(verb, by, about, happened_at, public, private)])[0]


def ask_entry_keys(count: int) -> Callable[[], list[int]]:
    """Keys for `record_many`, sent ahead together with other questions; see `ask`."""
    return ask_keys(Entry, count)


def record_many(drafts: Sequence[Draft], keys: Sequence[int] | None = None) -> list[int]:
    """Entries in the order given, in a handful of statements however many there are; their keys.

    Raises: Invalid for text that no journal can hold; RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written in the transaction of the change it tells of")
    if not drafts:
        return []
    now = timezone.now()
    noted = [
        Noted(key, draft.verb, draft.happened_at or now, _keys_of(draft), draft.public or {})
        for key, draft in zip(keys or ask_entry_keys(len(drafts))(), drafts, strict=True)
    ]
    entries: list[tuple[Any, ...]] = []
    kept: list[tuple[int, str, str]] = []
    for draft, note in zip(drafts, noted, strict=True):
        seal = None
        if draft.private:
            value, salt = canonical(draft.private), new_salt()
            seal = commitment(salt, value)
            kept.append((note.entry, value, salt))
        columns = _columns(draft, note, now)
        text = canonical(sealed_form(*columns, about=note.about, public=note.public, private=seal))
        entries.append((note.entry, *columns, text))
    about = [(note.entry, record, place) for note in noted for place, record in enumerate(note.about)]
    made = [note.entry for note in noted]
    insert_in_order(
        made,
        now,
        Rows(Entry, COLUMNS, entries),
        Rows(EntryAbout, ("entry", "record", "place"), about),
        Rows(Private, ("entry", "value", "salt"), kept),
    )
    tell_listeners(noted)
    return made


def sealed_form(
    verb: str,
    post: int | None,
    unit: int | None,
    token: int | None,
    actor: str,
    address: str,
    happened_at: datetime,
    recorded_at: datetime,
    *,
    about: Sequence[int],
    public: Mapping[str, Any],
    private: str | None,
) -> dict[str, Any]:
    """Everything that `text` holds, from an entry's columns; verify builds it anew and compares."""
    return {
        "v": 1,
        "verb": verb,
        "post": post,
        "unit": unit,
        "token": token,
        "actor": actor,
        "address": address,
        "happened_at": happened_at,
        "recorded_at": recorded_at,
        "about": list(about),
        "public": public,
        "private": private,
    }


def _columns(
    draft: Draft, note: Noted, now: datetime
) -> tuple[str, int | None, int | None, int | None, str, str, datetime, datetime]:
    by = draft.by
    label = by.label[:200]
    return draft.verb, by.post_id, by.unit_id, by.token_id, label, by.address, note.happened_at, now


def _keys_of(draft: Draft) -> list[int]:
    if not draft.about:
        raise ValueError(f"{draft.verb} is about nothing")
    return list(dict.fromkeys(thing if isinstance(thing, int) else int(thing.pk) for thing in draft.about))
