"""Which open reports and incidents may be the same event as a call: found by place and caller, ranked with reasons."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fenghuo.geo.cells import around, cell_at
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.pipeline import ask

from .likeness import Call, Likeness, likeness, reasons
from .models import IncidentState, Report, ReportState

WINDOW = timedelta(hours=12)
MOST_LISTED = 5
MOST_ROWS = 400  # by place, town and caller each, the newest
# At intake, where sixty-four may come at once and all in one place, only the newest are looked at: what is told the
# sender is a hint, the desk ranks all of them anew.
MOST_COMPARED = 6
MOST_TOLD = 3
MOST_ROWS_AT_INTAKE = (12, 1)  # and so many more for each call of a batch
TOWN = 16  # digits of a town's path
WORDS = 200  # characters of the text that are compared


class Known(NamedTuple):
    """An open report, as it is compared. `incident` is the open incident that it belongs to."""

    pk: int
    number: str
    source: str
    unit_id: int | None
    exercise: bool
    incident: int | None
    incident_number: str
    received_at: datetime
    cell: int | None
    call: Call


class Neighbourhoods:
    """Known reports by place and caller, so that a call is compared with those around it only."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by: dict[int | str, list[Known]] = {}
        for one in sorted(known, key=lambda one: one.received_at):
            self.add(one)

    def add(self, one: Known) -> None:
        """The newest come last."""
        for key in (one.cell, one.call.town, one.call.phone):
            if key:
                self._by.setdefault(key, []).append(one)

    def of(self, call: Call, cell: int | None, most: int = MOST_COMPARED) -> list[Known]:
        """Each once; of every place the newest `most`."""
        keys: list[int | str] = [*(around(cell) if cell else ()), call.town, call.phone]
        found = {one.pk: one for key in keys if key for one in self._by.get(key, ())[-most:]}
        if len(found) <= most:
            return list(found.values())
        return sorted(found.values(), key=lambda one: abs(one.call.at - call.at))[:most]


class Likely(NamedTuple):
    """A report, or the incident it belongs to. `why`: reason → number, see likeness."""

    record: int
    number: str
    is_incident: bool
    score: float
    why: dict[str, int]
    source: str
    received_at: datetime
    text: str


def place_of(latitude: float | None, longitude: float | None, trusted: bool, named: Any) -> tuple[int | None, str]:
    """(cell, town) under which a report is found again. `named`: the Place of its address, or None."""
    town = named.path[:TOWN] if named is not None and len(named.path) >= TOWN else ""
    if latitude is not None and longitude is not None and trusted and abs(latitude) <= 90:
        return cell_at(latitude, longitude), town
    if named is not None and named.latitude is not None:
        return cell_at(named.latitude, named.longitude), town
    return None, town


def rank(
    call: Call,
    known: Iterable[Known],
    by: Actor,
    *,
    exercise: bool = False,
    own: int = 0,
    most: int = MOST_LISTED,
) -> list[Likely]:
    """The likeliest, best first; reports of one incident are shown as that incident, once."""
    best: dict[int, tuple[Likeness, Known]] = {}
    for other in known:
        if other.pk == own or other.exercise != exercise or not _sees(by, other):
            continue
        alike = likeness(call, other.call)
        record = other.incident or other.pk
        if alike and (record not in best or alike.score > best[record][0].score):
            best[record] = alike, other
    likeliest = sorted(best.items(), key=lambda found: (-found[1][0].score, found[0]))[:most]
    return [_likely(call, record, alike, other) for record, (alike, other) in likeliest]


def _likely(call: Call, record: int, alike: Likeness, other: Known) -> Likely:
    return Likely(
        record=record,
        number=other.incident_number or other.number,
        is_incident=other.incident is not None,
        score=alike.score,
        why=reasons(call, other.call, alike),
        source=other.source,
        received_at=other.received_at,
        text=other.call.text,
    )


def likely_for(report: Report, by: Actor) -> list[Likely]:
    """For a report on record; `record` loaded."""
    call = call_of(report, report.record.block)
    known = ask_known([(call, report.cell)])()
    return rank(call, known, by, exercise=report.record.exercise, own=report.pk)


def likely_while_typing(call: Call, cell: int | None, by: Actor, *, exercise: bool = False) -> list[Likely]:
    """For what is being typed; an exercise is compared with what belongs to exercises only."""
    return rank(call, ask_known([(call, cell)])(), by, exercise=exercise)


def call_of(report: Report, block: str) -> Call:
    return Call(
        at=event_time(report.happened_at, report.received_at),
        latitude=report.latitude,
        longitude=report.longitude,
        exact=report.latitude is not None,
        town=report.town,
        block=block,
        kind=report.kind,
        text=report.text[:WORDS],
        phone=report.caller_phone,
    )


def event_time(said: datetime | None, received_at: datetime) -> datetime:
    """When it happened, as far as that can be meant: not after it was reported, not more than a day before."""
    if said is None or not timedelta(0) <= received_at - said <= timedelta(days=1):
        return received_at
    return said


_COLUMNS = (
    "r.record_id, c.number, r.source, c.unit_id, c.exercise, r.received_at, r.happened_at, r.latitude, r.longitude, "
    "r.cell, r.town, c.block, r.kind, substr(r.text, 1, 200), r.caller_phone, "
    "r.state, i.record_id, i.state, ic.number"
)
_JOINED = (
    "JOIN incidents_report r ON r.record_id = near.record_id JOIN access_record c ON c.id = r.record_id "
    "LEFT JOIN incidents_membership m ON m.report_id = r.record_id AND m.separated_at IS NULL "
    "LEFT JOIN incidents_incident mi ON mi.record_id = m.incident_id "
    "LEFT JOIN incidents_incident i ON i.record_id = COALESCE(mi.merged_into_id, mi.record_id) "
    "LEFT JOIN access_record ic ON ic.id = i.record_id "
)
# The newest of each place, then the newest of them all: however many there are, no more than these are read from the
# index. The state is looked at afterwards, lest SQLite takes its index. Conditions are written as in the partial
# indexes, which SQLite uses only then.
_NEWEST = {
    "postgresql": (
        "SELECT * FROM (SELECT f.record_id FROM unnest(%s::{kind}[]) AS at(value) CROSS JOIN LATERAL "
        "(SELECT x.record_id, x.received_at FROM incidents_report x WHERE {condition} "
        "AND x.received_at BETWEEN %s AND %s ORDER BY x.received_at DESC LIMIT %s) AS f "
        "ORDER BY f.received_at DESC LIMIT %s) AS part"
    ),
    "sqlite": (
        "SELECT * FROM (SELECT r.record_id FROM json_each(%s) AS at CROSS JOIN incidents_report r WHERE r.record_id IN "
        "(SELECT x.record_id FROM incidents_report x WHERE {condition} AND x.received_at BETWEEN %s AND %s "
        "ORDER BY x.received_at DESC LIMIT %s) ORDER BY r.received_at DESC LIMIT %s) AS part"
    ),
}
_CONDITIONS = (
    ("x.cell = at.value", "bigint"),
    ("x.town > '' AND x.town = at.value", "text"),
    ("x.caller_phone > '' AND x.caller_phone = at.value", "text"),
)


def ask_known(calls: Sequence[tuple[Call, int | None]], *, at_intake: bool = False) -> Callable[[], list[Known]]:
    """Open reports near any of these calls, in one statement; see `ask`. `at_intake`: fewer, see above."""
    few, more = MOST_ROWS_AT_INTAKE
    limit = few + more * len(calls) if at_intake else MOST_ROWS
    since = min(call.at for call, _cell in calls) - WINDOW
    until = max(call.at for call, _cell in calls) + WINDOW
    cells = sorted({near for _call, cell in calls if cell is not None for near in around(cell)})
    # At intake a call with a position is looked for around it only.
    towns = sorted({call.town for call, _cell in calls if call.town and not (at_intake and call.exact)})
    phones = sorted({call.phone for call, _cell in calls if call.phone})
    moment = connection.ops.adapt_datetimefield_value
    parts: list[str] = []
    values: list[Any] = []
    newest = _NEWEST[connection.vendor]
    for (condition, kind), wanted in zip(_CONDITIONS, (cells, towns, phones), strict=True):
        if wanted:
            parts.append(newest.format(condition=condition, kind=kind))
            keys = wanted if connection.vendor == "postgresql" else json.dumps(wanted)
            values += [keys, moment(since), moment(until), limit, limit]
    if not parts:
        return list
    found = ask(f"SELECT {_COLUMNS} FROM ({' UNION '.join(parts)}) AS near {_JOINED}", values)
    return lambda: [known for row in found() if (known := _known(row)) is not None]


def _known(row: tuple[Any, ...]) -> Known | None:
    """None for a report that was settled, or whose incident is closed."""
    (pk, number, source, unit, exercise, received, happened, latitude, longitude, cell, town, block) = row[:12]
    kind, text, phone, own_state, incident, state, incident_number = row[12:]
    if own_state not in (ReportState.NEW, ReportState.JOINED) or state == IncidentState.CLOSED:
        return None
    received_at = _moment(received)
    at = event_time(_moment(happened) if happened else None, received_at)
    return Known(
        pk=pk,
        number=number,
        source=source,
        unit_id=unit,
        exercise=bool(exercise),
        incident=incident,
        incident_number=incident_number or "",
        received_at=received_at,
        cell=cell,
        call=Call(at, latitude, longitude, latitude is not None, town, block, kind, text, phone),
    )


def _moment(value: Any) -> datetime:
    """SQLite gives text in UTC."""
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else value.replace(tzinfo=UTC)
    read = parse_datetime(value)
    assert read is not None
    return read if timezone.is_aware(read) else read.replace(tzinfo=UTC)


def _sees(by: Actor, other: Known) -> bool:
    """Sight from what was loaded: own reports and those of the own block. Departments look into the list itself."""
    if by.is_system or (other.unit_id is not None and other.unit_id == by.unit_id):
        return True
    return by.holds(other.call.block)
