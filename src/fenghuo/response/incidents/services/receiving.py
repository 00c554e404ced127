"""receive_reports: reports come in, one or sixty-four at a time, and are on record when it returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Refused
from fenghuo.kernel.access.given import AHEAD
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, RecordSubject
from fenghuo.kernel.access.rows import Rows, ask_keys, insert_rows
from fenghuo.kernel.journal.canonical import exact
from fenghuo.kernel.journal.recording import Draft, ask_entry_keys, record_many
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.numbers import ask_numbers
from fenghuo.kernel.registry.places import Place, Places, ask_places
from fenghuo.standards.kinds import KINDS

from ..duplicates import (
    MOST_TOLD,
    WORDS,
    Known,
    Likely,
    Neighbourhoods,
    ask_known,
    event_time,
    place_of,
    rank,
)
from ..likeness import Call
from ..messages import ReportMessage
from ..models import Report
from ..positions import read_position, trusted
from ..reading import extra_of

LATE = timedelta(minutes=15)
LONG_PAST = timedelta(days=1)
# In titles, which are kept in Chinese; the others are numbers that everybody knows.
SAID = {"unit": "单位", "person": "群众", "sensor": "监测", "system": "其他系统", "other": "其他"}
RECORD = ("id", "kind", "number", "title", "unit_id", "region_id", "block", "exercise", "demo")
REPORT = (
    *("record_id", "sender_id", "source", "source_id", "received_at", "happened_at", "caller_name", "caller_phone"),
    *("text", "kind", "address", "latitude", "longitude", "figures", "marks", "extra", "digest"),
    *("recorded_at", "state", "cell", "town"),
)


class Incoming(NamedTuple):
    """One message and who brings it. `digest` is the SHA-256 of its content, to know it again."""

    by: Actor
    message: ReportMessage
    digest: str


class OnRecord(NamedTuple):
    """A report as its sender is told of it."""

    pk: int
    number: str
    state: str
    received_at: datetime
    recorded_at: datetime
    figures: dict[str, int]
    marks: list[dict[str, Any]]
    digest: str
    duplicates: tuple[Likely, ...] = ()

    @classmethod
    def of(cls, report: Report) -> Self:
        said = (report.received_at, report.recorded_at, report.figures, report.marks, report.digest)
        return cls(report.pk, report.record.number, report.state, *said)


@dataclass(frozen=True, slots=True)
class Received:
    """`first` is False when this very content was on record before."""

    report: OnRecord
    first: bool


type Outcome = Received | Refused
type Key = tuple[int | None, str, str]  # sending unit, source, the sender's number


def receive_reports(batch: Sequence[Incoming]) -> list[Outcome]:
    """Put each message on record, with its journal entry; one outcome per message, in order.

    A message that is refused (no right, other content under a known number) leaves no trace and does
    not hold up the others. Takes them for new ones first, since nearly all are; when the database objects,
    looks which are known; and when it still does, one savepoint each.
    """
    try:
        with transaction.atomic():
            return receive_new_reports(batch)
    except IntegrityError:
        pass
    try:
        with transaction.atomic():
            return _receive(batch, _known(batch))
    except IntegrityError:
        # Another process stored one of these numbers at the same moment: now it can be seen.
        return [_alone(incoming) for incoming in batch]


def receive_new_reports(batch: Sequence[Incoming]) -> list[Outcome]:
    """As receive_reports, for a caller that holds the transaction and begins it anew on IntegrityError.

    Raises: IntegrityError when a number is known already.
    """
    return _receive(batch, {})


def _alone(incoming: Incoming) -> Outcome:
    try:
        with transaction.atomic():
            return _receive([incoming], _known([incoming]))[0]
    except IntegrityError:
        return Conflict(_("The same number is being stored at this moment: send it again."))


def _receive(batch: Sequence[Incoming], known: dict[Key, Report]) -> list[Outcome]:
    fresh: dict[Key, Incoming] = {}
    outcomes: list[Outcome | Key] = []
    for incoming in batch:
        try:
            require(incoming.by, "reports.receive")
        except Refused as refused:
            outcomes.append(refused)
            continue
        key = _key(incoming)
        earlier = fresh.get(key)
        if there := known.get(key):
            outcomes.append(_again(there, incoming))
        elif earlier is not None and earlier.digest != incoming.digest:
            outcomes.append(_conflict(""))
        else:
            fresh.setdefault(key, incoming)
            outcomes.append(key)
    stored = dict(zip(fresh, _store(list(fresh.values())), strict=True)) if fresh else {}
    answered: list[Outcome] = []
    told: set[int] = set()
    for outcome in outcomes:
        if isinstance(outcome, tuple):
            report = stored[outcome]
            answered.append(Received(report, first=report.pk not in told))
            told.add(report.pk)
        else:
            answered.append(outcome)
    return answered


def _known(batch: Sequence[Incoming]) -> dict[Key, Report]:
    """The reports that are there already under these numbers, in one query."""
    senders = {incoming.by.unit_id for incoming in batch if incoming.by.unit_id is not None}
    sources = {incoming.message.source for incoming in batch}
    numbers = {incoming.message.source_id for incoming in batch}
    found = Report.objects.filter(sender__in=senders, source__in=sources, source_id__in=numbers)
    rows = found.select_related("record")
    return {(row.sender_id, row.source, row.source_id): row for row in rows}


def _key(incoming: Incoming) -> Key:
    return incoming.by.unit_id, incoming.message.source, incoming.message.source_id


def _again(report: Report, incoming: Incoming) -> Outcome:
    if report.digest == incoming.digest:
        return Received(OnRecord.of(report), first=False)
    return _conflict(report.record.number)


def _conflict(number: str) -> Conflict:
    return Conflict(
        _(
            "The number is already used by report %(number)s with other content. "
            "To add facts to it, post them to its supplements; a new call needs a new number."
        )
        % {"number": number}
    )


def _store(batch: Sequence[Incoming]) -> list[OnRecord]:
    """A handful of inserts however many messages there are; rows are written out, since model instances cost more."""
    now = timezone.now()
    count = len(batch)
    asked_places, asked_keys, entry_keys = ask_places(), ask_keys(Record, count), ask_entry_keys(count)
    asked_numbers = ask_numbers("report", "R", timezone.localdate(now), count)
    known, keys, numbers = asked_places(), asked_keys(), asked_numbers()
    read = [_Read.of(incoming, known, now) for incoming in batch]
    asked_known = ask_known([(one.call, one.cell) for one in read], at_intake=True)
    ranked = _rank(read, keys, numbers, asked_known())
    kept = []
    records, reports, lines, drafts = [], [], [], []
    for one, number, key, duplicates in zip(read, numbers, keys, ranked, strict=True):
        by, message = one.incoming.by, one.incoming.message
        caller = message.caller
        said = (message.received_at, now, one.figures, one.marks, one.incoming.digest, duplicates)
        report = OnRecord(key, number, "new", *said)
        kept.append(report)
        title = _title(message, spoken(one.place.name) if one.place else "")
        records.append(
            (key, "report", number, title, by.unit_id, one.region, one.call.block, message.exercise, by.demo)
        )
        reports.append(
            (
                *(key, by.unit_id, message.source, message.source_id, message.received_at, message.happened_at),
                *((caller.name or "", caller.phone or "") if caller else ("", "")),
                *(message.text, message.kind or "", one.address, one.call.latitude, one.call.longitude),
                *(one.figures, one.marks, extra_of(message), one.incoming.digest, now, report.state),
                *(one.cell, one.call.town),
            )
        )
        lines += [(key, subject) for subject in (KINDS[message.kind].subjects if message.kind else ())]
        drafts.append(_draft(report, one.incoming))
    insert_rows(
        Rows(Record, RECORD, records), Rows(Report, REPORT, reports), Rows(RecordSubject, ("record", "subject"), lines)
    )
    record_many(drafts, entry_keys())
    return kept


class _Read(NamedTuple):
    """A message with what the county knows of its place."""

    incoming: Incoming
    address: str
    place: Place | None
    region: int | None
    figures: dict[str, int]
    marks: list[dict[str, Any]]
    cell: int | None
    call: Call

    @classmethod
    def of(cls, incoming: Incoming, known: Places, now: datetime) -> Self:
        message = incoming.message
        location = message.location
        address = (location.address or "") if location else ""
        place = known.region_in(address) if address else None
        position = read_position(location, known.area)
        cell, town = place_of(position.latitude, position.longitude, trusted(position.marks), place)
        call = Call(
            at=event_time(message.happened_at, message.received_at),
            latitude=position.latitude,
            longitude=position.longitude,
            exact=position.latitude is not None,
            town=town,
            block=place.path if place else known.home_path,
            kind=message.kind or "",
            text=message.text[:WORDS],
            phone=(message.caller.phone or "") if message.caller else "",
        )
        return cls(
            incoming=incoming,
            address=address,
            place=place,
            region=place.region_id if place else known.home_id,
            figures=message.figures.said() if message.figures else {},
            marks=[*time_marks(message.received_at, message.happened_at, now), *position.marks],
            cell=cell,
            call=call,
        )


def _rank(
    read: Sequence[_Read], keys: Sequence[int], numbers: Sequence[str], known: list[Known]
) -> list[tuple[Likely, ...]]:
    """The likely duplicates of each, also among those that came with it and before it."""
    near = Neighbourhoods(known)
    found = []
    for one, key, number in zip(read, keys, numbers, strict=True):
        by, message = one.incoming.by, one.incoming.message
        likely = rank(one.call, near.of(one.call, one.cell), by, exercise=message.exercise, most=MOST_TOLD)
        found.append(tuple(likely))
        near.add(
            Known(
                key,
                number,
                message.source,
                by.unit_id,
                message.exercise,
                None,
                "",
                message.received_at,
                one.cell,
                one.call,
            )
        )
    return found


def time_marks(received_at: datetime, happened_at: datetime | None, now: datetime) -> list[dict[str, Any]]:
    """Times that a person should look at; both are kept as they were given."""
    marks = []
    if received_at > now + AHEAD or (happened_at is not None and happened_at > now + AHEAD):
        marks.append({"mark": "future"})
    if now - received_at > LONG_PAST or (happened_at is not None and now - happened_at > LONG_PAST):
        marks.append({"mark": "long_past"})
    elif now - received_at > LATE:
        marks.append({"mark": "late"})
    return marks


def _title(message: ReportMessage, place: str) -> str:
    """Source, kind and the public name of the place: nothing a caller said, since titles are shown widely."""
    kind = KINDS[message.kind].zh if message.kind else ""
    return " ".join(part for part in (place, kind or "情况") if part) + f"({SAID.get(message.source, message.source)})"


def _draft(report: OnRecord, incoming: Incoming) -> Draft:
    message = incoming.message
    return Draft(
        verb="report.received",
        by=incoming.by,
        about=[report.pk],
        happened_at=message.received_at,
        public={"source": message.source, "kind": message.kind or "", "number": report.number}
        | ({"exercise": True} if message.exercise else {}),
        private={"digest": incoming.digest, "source_id": message.source_id, "text": message.text}
        | ({"caller": exact(message.caller.model_dump(mode="json"))} if message.caller else {})
        | ({"location": exact(message.location.model_dump(mode="json"))} if message.location else {})
        | ({"figures": report.figures} if report.figures else {}),
    )
