"""Following the journal by position, each event with what sight asks of its records."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fenghuo.kernel.access.pipeline import ask
from fenghuo.kernel.access.sight import Scope

from .selectors import head

__all__ = ["Event", "events_after", "head"]

# PostgreSQL plans for as many events as the limit allows. For 500 it reads whole tables: 3 ms for the one event that
# there usually is, when a few thousand are on record.
FEW = 12
# One statement, for each of them waits for the interpreter's lock again: first the events with their records, then
# the subjects of these records, then those with whom they are shared.
EVENTS = """
WITH p AS (SELECT position, entry_id FROM journal_position WHERE position > %s ORDER BY position LIMIT {limit}),
a AS (SELECT p.position, b.place, b.record_id FROM p JOIN journal_entryabout b ON b.entry_id = p.entry_id)
SELECT 0 AS part, p.position AS n, e.id AS entry, e.verb AS word, e.recorded_at AS at, 0 AS place,
  CAST(NULL AS bigint) AS record, CAST(NULL AS bigint) AS unit, '' AS block
FROM p JOIN journal_entry e ON e.id = p.entry_id
UNION ALL SELECT 1, a.position, NULL, r.kind, NULL, a.place, r.id, r.unit_id, r.block
FROM a JOIN access_record r ON r.id = a.record_id
UNION ALL SELECT 2, 0, NULL, s.subject, NULL, 0, s.record_id, NULL, ''
FROM access_recordsubject s WHERE s.record_id IN (SELECT record_id FROM a)
UNION ALL SELECT 3, 0, s.person_id, '', NULL, 0, s.record_id, s.unit_id, ''
FROM access_share s WHERE s.record_id IN (SELECT record_id FROM a)
ORDER BY 1, 2, 6
"""


@dataclass(frozen=True, slots=True)
class Event:
    position: int
    entry_id: int
    verb: str
    recorded_at: datetime
    scopes: tuple[Scope, ...]


def events_after(position: int, limit: int = 500) -> list[Event]:
    """The next events in order, at most `limit`; 1 query for a few, 2 for however many.

    Written out in SQL: the live stream asks it for every commit, beside everything else on two cores.
    """
    found = _read(position, min(FEW, limit))
    if len(found) == FEW < limit:
        found += _read(found[-1].position, limit - FEW)
    return found


def _read(position: int, limit: int) -> list[Event]:
    # The limit stands in the statement: without it a plan kept for all values expects a tenth of the journal.
    rows = ask(EVENTS.format(limit=limit), [position])()
    events = [row for row in rows if row[0] == 0]
    subjects: dict[int, set[str]] = {}
    units: dict[int, set[int]] = {}
    people: dict[int, set[int]] = {}
    for part, _n, person, subject, _at, _place, record, unit, _block in rows:
        if part == 2:
            subjects.setdefault(record, set()).add(subject)
        elif part == 3 and unit is not None:
            units.setdefault(record, set()).add(unit)
        elif part == 3:
            people.setdefault(record, set()).add(person)
    about: dict[int, list[Scope]] = {}
    for part, number, _entry, kind, _at, _place, record, unit, block in rows:
        if part == 1:
            lines, shared = frozenset(subjects.get(record, ())), frozenset(units.get(record, ()))
            scope = Scope(record, kind, block, unit, lines, shared, frozenset(people.get(record, ())))
            about.setdefault(number, []).append(scope)
    return [
        Event(number, entry, verb, _moment(at), tuple(about.get(number, ())))
        for _part, number, entry, verb, at, *_rest in events
    ]


def _moment(stored: Any) -> datetime:
    """SQLite keeps moments as text in UTC."""
    if isinstance(stored, datetime):
        return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
