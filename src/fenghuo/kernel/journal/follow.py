"""Following the journal by position, each event with what sight asks of its records."""

from dataclasses import dataclass
from datetime import datetime

from fenghuo.kernel.access.models import Record, RecordSubject, Share
from fenghuo.kernel.access.sight import Scope

from .models import EntryAbout, Position
from .selectors import head

__all__ = ["Event", "events_after", "head"]


@dataclass(frozen=True, slots=True)
class Event:
    position: int
    entry_id: int
    verb: str
    recorded_at: datetime
    scopes: tuple[Scope, ...]


def events_after(position: int, limit: int = 500) -> list[Event]:
    """The next events in order, at most `limit`; 5 queries however many, 1 when there is nothing new."""
    rows = list(
        Position.objects.filter(position__gt=position)
        .order_by("position")
        .values_list("position", "entry_id", "entry__verb", "entry__recorded_at")[:limit]
    )
    if not rows:
        return []
    about: dict[int, list[int]] = {}
    found = EntryAbout.objects.filter(entry__in=[row[1] for row in rows]).order_by("entry", "place")
    for entry_id, record_id in found.values_list("entry_id", "record_id"):
        about.setdefault(entry_id, []).append(record_id)
    scopes = scopes_of({pk for ids in about.values() for pk in ids})
    return [
        Event(number, entry_id, verb, at, tuple(scopes[pk] for pk in about.get(entry_id, []) if pk in scopes))
        for number, entry_id, verb, at in rows
    ]


def scopes_of(records: set[int]) -> dict[int, Scope]:
    """What sight asks of these records, in 3 queries."""
    subjects: dict[int, set[str]] = {}
    for pk, subject in RecordSubject.objects.filter(record__in=records).values_list("record_id", "subject"):
        subjects.setdefault(pk, set()).add(subject)
    units: dict[int, set[int]] = {}
    people: dict[int, set[int]] = {}
    for share in Share.objects.filter(record__in=records):
        if share.unit_id is not None:
            units.setdefault(share.record_id, set()).add(share.unit_id)
        if share.person_id is not None:
            people.setdefault(share.record_id, set()).add(share.person_id)
    return {
        pk: Scope(
            record_id=pk,
            kind=kind,
            block=block,
            unit_id=unit_id,
            subjects=frozenset(subjects.get(pk, ())),
            shared_units=frozenset(units.get(pk, ())),
            shared_people=frozenset(people.get(pk, ())),
        )
        for pk, kind, block, unit_id in Record.objects.filter(pk__in=records).values_list(
            "pk", "kind", "block", "unit_id"
        )
    }
