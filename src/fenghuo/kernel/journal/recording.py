"""`record`: the only way into the journal, in the same transaction as the change it tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.rows import insert_rows

from .canonical import canonical, commitment, new_salt
from .listeners import tell_listeners
from .models import Entry, EntryAbout, Private, Unnumbered

COLUMNS = (
    *("verb", "post_id", "unit_id", "token_id", "actor_label", "address"),
    *("happened_at", "recorded_at", "text"),
)
ENTRIES = "fenghuo_entries"  # the PostgreSQL channel that wakes the sequencer


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded. `about`: records, or models that share a record's key; the first is the subject.

    `public` is sealed and shown; `private` is committed to and kept apart: whatever is personal belongs there.
    """

    verb: str
    by: Actor
    about: Sequence[models.Model]
    happened_at: datetime | None = None
    public: Mapping[str, Any] | None = None
    private: Mapping[str, Any] | None = None


def record(
    verb: str,
    by: Actor,
    *,
    about: Sequence[models.Model],
    happened_at: datetime | None = None,
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> Entry:
    """One entry; see Draft. The caller holds the transaction."""
    return record_many([Draft(verb, by, about, happened_at, public, private)])[0]


def record_many(drafts: Sequence[Draft]) -> list[Entry]:
    """Entries in the order given, by at most four inserts however many there are.

    Raises: Invalid for text that no journal can hold; RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written in the transaction of the change it tells of")
    if not drafts:
        return []
    now = timezone.now()
    about = [list(dict.fromkeys(int(thing.pk) for thing in draft.about)) for draft in drafts]
    sealed = [_seal(draft, ids, now) for draft, ids in zip(drafts, about, strict=True)]
    entries = [entry for entry, _private in sealed]
    keys = insert_rows(Entry, COLUMNS, [[getattr(entry, name) for name in COLUMNS] for entry in entries])
    for entry, key in zip(entries, keys, strict=True):
        entry.pk = key
        entry._state.adding = False
    insert_rows(
        EntryAbout,
        ("entry", "record", "place"),
        [(key, pk, place) for key, ids in zip(keys, about, strict=True) for place, pk in enumerate(ids)],
    )
    private = [(key, *kept) for key, (_entry, kept) in zip(keys, sealed, strict=True) if kept]
    insert_rows(Private, ("entry", "value", "salt"), private)
    insert_rows(Unnumbered, ("entry",), [(key,) for key in keys])
    for entry, ids in zip(entries, about, strict=True):
        tell_listeners(entry, ids)
    if connection.vendor == "postgresql":
        transaction.on_commit(_wake)
    return entries


def sealed_form(
    entry: Entry, about: Sequence[int], public: Mapping[str, Any], private_commitment: str | None
) -> dict[str, Any]:
    """Everything that `text` holds, from an entry's columns; verify builds it anew and compares."""
    return {
        "v": 1,
        "verb": entry.verb,
        "post": entry.post_id,
        "unit": entry.unit_id,
        "token": entry.token_id,
        "actor": entry.actor_label,
        "address": entry.address,
        "happened_at": entry.happened_at,
        "recorded_at": entry.recorded_at,
        "about": list(about),
        "public": public,
        "private": private_commitment,
    }


def _seal(draft: Draft, about: Sequence[int], now: datetime) -> tuple[Entry, tuple[str, str] | None]:
    if not draft.about:
        raise ValueError(f"{draft.verb} is about nothing")
    entry = Entry(
        verb=draft.verb,
        post_id=draft.by.post_id,
        unit_id=draft.by.unit_id,
        token_id=draft.by.token_id,
        actor_label=draft.by.label[:200],
        address=draft.by.address,
        happened_at=draft.happened_at or now,
        recorded_at=now,
    )
    private = (canonical(draft.private), new_salt()) if draft.private else None
    seal = commitment(private[1], private[0]) if private else None
    entry.text = canonical(sealed_form(entry, about, draft.public or {}, seal))
    return entry, private


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {ENTRIES}")
