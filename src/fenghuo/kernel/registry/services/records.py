"""Opening Records. Called by the services of subjects, inside their transaction, never by a page."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record, RecordSubject, Region, Unit
from fenghuo.kernel.access.rows import ask_keys, insert_made


class NewRecord(NamedTuple):
    """`title` must hold no personal data unless the kind is `person`. `own`: it is a unit, and belongs to itself."""

    title: str
    unit: Unit | None = None
    region: Region | None = None
    number: str = ""
    subjects: Collection[str] = ()
    exercise: bool = False
    demo: bool = False
    own: bool = False


def open_records(kind: str, wanted: Sequence[NewRecord], *, checked_by: Actor | None = None) -> list[Record]:
    """New Records with their lines. `checked_by`: who looked at them now, for what stands in a register."""
    now = timezone.now() if checked_by else None
    label = checked_by.label[:200] if checked_by else ""
    opened = [
        Record(
            pk=key,
            kind=kind,
            title=one.title[:200],
            number=one.number,
            region=one.region,
            block=one.region.path if one.region else "",
            exercise=one.exercise,
            demo=one.demo,
            version=1,
            checked_at=now,
            checked_by=label,
        )
        for key, one in zip(ask_keys(Record, len(wanted))(), wanted, strict=True)
    ]
    for record, one in zip(opened, wanted, strict=True):
        if one.own:
            record.unit_id = record.pk
        else:
            record.unit = one.unit
    lines = [
        RecordSubject(record=record, subject=subject)
        for record, one in zip(opened, wanted, strict=True)
        for subject in sorted(set(one.subjects))
    ]
    insert_made(opened, lines)
    return opened


def open_record(
    kind: str,
    title: str,
    *,
    unit: Unit | None = None,
    region: Region | None = None,
    number: str = "",
    subjects: Iterable[str] = (),
    exercise: bool = False,
    demo: bool = False,
) -> Record:
    """One of them."""
    wanted = NewRecord(title, unit, region, number, tuple(subjects), exercise, demo)
    return open_records(kind, [wanted])[0]


def set_subjects(record: Record, subjects: Iterable[str]) -> None:
    """Make these, and only these, the lines that the record concerns."""
    wanted = set(subjects)
    RecordSubject.objects.filter(record=record).exclude(subject__in=wanted).delete()
    RecordSubject.objects.bulk_create(
        [RecordSubject(record=record, subject=subject) for subject in sorted(wanted)], ignore_conflicts=True
    )
