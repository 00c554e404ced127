"""Opening a Record. Called by the services of subjects, inside their transaction, never by a page."""

from collections.abc import Iterable

from fenghuo.kernel.access.models import Record, RecordSubject, Region, Unit


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
    """A new Record with its lines. `title` must hold no personal data unless the kind is `person`."""
    opened = Record.objects.create(
        kind=kind,
        title=title[:200],
        number=number,
        unit=unit,
        region=region,
        block=region.path if region else "",
        exercise=exercise,
        demo=demo,
    )
    if subjects:
        set_subjects(opened, subjects)
    return opened


def set_subjects(record: Record, subjects: Iterable[str]) -> None:
    """Make these, and only these, the lines that the record concerns."""
    wanted = set(subjects)
    RecordSubject.objects.filter(record=record).exclude(subject__in=wanted).delete()
    RecordSubject.objects.bulk_create(
        [RecordSubject(record=record, subject=subject) for subject in sorted(wanted)], ignore_conflicts=True
    )
