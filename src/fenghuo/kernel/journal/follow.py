"""Following the journal by position, each event with what sight asks of its records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from fenghuo.kernel.access.sight import Scope

from .selectors import head

__all__ = ["Event", "events_after", "head"]

EVENTS = """
SELECT p.position, p.entry_id, e.verb, e.recorded_at, a.record_id
FROM (SELECT position, entry_id FROM journal_position WHERE position > %s ORDER BY position LIMIT %s) p
JOIN journal_entry e ON e.id = p.entry_id LEFT JOIN journal_entryabout a ON a.entry_id = p.entry_id
ORDER BY p.position, a.place
"""
RECORDS = "SELECT id, kind, block, unit_id FROM access_record WHERE id IN (%s)"
SUBJECTS = "SELECT record_id, subject FROM access_recordsubject WHERE record_id IN (%s)"
SHARES = "SELECT record_id, unit_id, person_id FROM access_share WHERE record_id IN (%s)"
MOST_KEYS = 500  # in one statement


@dataclass(frozen=True, slots=True)
class Event:
    position: int
    entry_id: int
    verb: str
    recorded_at: datetime
    scopes: tuple[Scope, ...]


def events_after(position: int, limit: int = 500) -> list[Event]:
    """The next events in order, at most `limit`; 4 queries however many, 1 when there is nothing new.

    Written out in SQL: the live stream asks it for every commit, beside everything else on two cores.
    """
    rows = _ask(EVENTS, [position, limit])
    scopes = scopes_of({row[4] for row in rows if row[4] is not None})
    found: dict[int, tuple[int, str, Any, list[Scope]]] = {}
    for number, entry_id, verb, at, record_id in rows:
        known = found.setdefault(number, (entry_id, verb, at, []))
        if record_id in scopes:
            known[3].append(scopes[record_id])
    return [
        Event(number, entry_id, verb, _moment(at), tuple(seen)) for number, (entry_id, verb, at, seen) in found.items()
    ]


def scopes_of(records: set[int]) -> dict[int, Scope]:
    """What sight asks of these records, in 3 queries for each 500."""
    found: dict[int, Scope] = {}
    keys = sorted(records)
    for start in range(0, len(keys), MOST_KEYS):
        found |= _scopes_of(keys[start : start + MOST_KEYS])
    return found


def _scopes_of(keys: Sequence[int]) -> dict[int, Scope]:
    subjects = _by_record(_among(SUBJECTS, keys))
    shares = _among(SHARES, keys)
    units = _by_record((record, unit) for record, unit, _person in shares if unit is not None)
    people = _by_record((record, person) for record, _unit, person in shares if person is not None)
    none: frozenset[Any] = frozenset()
    return {
        pk: Scope(pk, kind, block, unit_id, subjects.get(pk, none), units.get(pk, none), people.get(pk, none))
        for pk, kind, block, unit_id in _among(RECORDS, keys)
    }


def _by_record(pairs: Iterable[tuple[Any, ...]]) -> dict[int, frozenset[Any]]:
    found: dict[int, set[Any]] = {}
    for record, value in pairs:
        found.setdefault(record, set()).add(value)
    return {record: frozenset(values) for record, values in found.items()}


def _among(statement: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    return _ask(statement % ", ".join(["%s"] * len(keys)), keys)


def _ask(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _moment(stored: Any) -> datetime:
    """SQLite keeps moments as text in UTC."""
    if isinstance(stored, datetime):
        return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
