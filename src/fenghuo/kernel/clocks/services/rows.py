"""New clocks as rows, and where a record lies."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.rows import Rows, insert_rows
from fenghuo.standards.calendar import Calendar
from fenghuo.standards.deadlines import Deadline, Ends, read_span

from ..late import plan_anew
from ..models import Clock
from ..planning import first_look

COLUMNS = (
    *("record", "rule", "version", "turn", "anchor", "started_at", "due_at", "missing_year", "way", "window"),
    *("source", "article", "certainty", "entry", "ended_why", "extension", "next_at"),
)

type Row = tuple[object, ...]


def new_row(
    record: int, rule: Deadline, at: datetime, calendar: Calendar, entry: int, *, certainty: str, turn: int = 0
) -> Row:
    zone = timezone.get_current_timezone()
    ends = rule.ends(at, zone, calendar)
    idle = rule.window or ends.missing_year is not None
    look = None if idle else first_look(at, ends.at, zone)
    return (
        *(record, rule.id, rule.version, turn, rule.anchor, at, ends.at, ends.missing_year, rule.way, rule.window),
        *(rule.source, rule.article, certainty, entry, "", "", look),
    )


def insert(rows: Iterable[Row]) -> None:
    """In one statement, however many there are."""
    insert_rows(Rows(Clock, COLUMNS, list(rows)))


def places(records: Iterable[int]) -> Mapping[int, str]:
    """The region code of each record, empty where it has none."""
    found = Record.objects.filter(pk__in=list(records)).values_list("pk", "region__code")
    return {record: code or "" for record, code in found}


def ends_of(clock: Clock, rule: Deadline, calendar: Calendar) -> Ends:
    """When the clock is due by this wording, its pauses and its extension reckoned in."""
    return rule.ends(
        clock.started_at,
        timezone.get_current_timezone(),
        calendar,
        pauses=sorted((pause.since, pause.until) for pause in clock.pauses.all() if pause.until is not None),
        extension=read_span(clock.extension) if clock.extension else None,
    )


def reckon(clock: Clock, rule: Deadline, calendar: Calendar) -> list[str]:
    """Make it due as this wording says. The only way in which a clock's end moves; the fields that are to be saved."""
    if not rule.at_once:  # else it has become a duty without a number: what was due stays
        ends = ends_of(clock, rule, calendar)
        clock.due_at, clock.missing_year = ends.at, ends.missing_year
    return ["due_at", "missing_year", *plan_anew(clock)]
