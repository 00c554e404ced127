"""Who is told when of a deadline: before it ends, at its end, and after it. Set by the county, no law (本县设定)."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

KINDS = ("before", "at", "after")  # in the order of their weight
# The chain upward. Who holds no post is passed over for the next.
CHAIN = ("duty_officer", "duty_leader", "head", "commander", "clerk")
_AMOUNT = re.compile(r"(-?)(\d+)(m|h|d)")
_PART = re.compile(r"(\d+)/(\d+)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Row:
    """One step for deadlines that run longer than `over`: a part of the span, or so long from its end.

    `clock`: moved to this time of the day, so that nobody is woken for a matter of weeks.
    """

    over: timedelta
    kind: str
    part: tuple[int, int] | None
    from_end: timedelta
    clock: time | None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`to`: roles, see CHAIN."""

    kind: str
    moment: datetime
    to: tuple[str, ...]


def notice_rows(own: Path | None = None) -> tuple[Row, ...]:
    """The rows in force. `own`: the county's file of the same columns, which replaces the shipped one as a whole."""
    if own is None or not own.is_file():
        return _shipped()
    return _own(own, own.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _own(path: Path, _changed: int) -> tuple[Row, ...]:
    with path.open(encoding="utf-8-sig") as file:
        return read_rows(file)


@cache
def _shipped() -> tuple[Row, ...]:
    with files(__package__).joinpath("notice_steps.csv").open(encoding="utf-8") as file:
        return read_rows(file)


def read_rows(lines: Iterable[str]) -> tuple[Row, ...]:
    """Raises: ValueError naming the line and what is wrong with it."""
    rows = [_row(place, row) for place, row in enumerate(csv.DictReader(lines), 2)]
    for over in {row.over for row in rows}:
        if not any(row.over == over and row.kind == "at" for row in rows):
            raise ValueError(f"notice steps over {over}: nobody is told at the end")
    if not any(row.over == timedelta(0) for row in rows):
        raise ValueError("notice steps: no rows over 0m")
    return tuple(rows)


def steps(
    started: datetime, due: datetime, zone: tzinfo, rows: Sequence[Row], known: datetime | None = None
) -> list[Step]:
    """The steps of one deadline in their order, at whole minutes, so that what falls together is told together.

    Before the end rounds down, from the end on rounds up: nobody is told too early that it is late. `known`: when the
    deadline came to be known; one that was born late is told of from then on.
    """
    found: dict[datetime, Step] = {}
    for row, moment in _moments(started, due, zone, rows, known):
        met = found.get(moment)
        if met is None or KINDS.index(met.kind) < KINDS.index(row.kind):
            met = Step(row.kind, moment, met.to if met else ())
        found[moment] = Step(met.kind, moment, tuple(dict.fromkeys((*met.to, *row.to))))
    return [found[moment] for moment in sorted(found)]


def first_moment(started: datetime, due: datetime, zone: tzinfo, rows: Sequence[Row]) -> datetime:
    """That of the first of the steps, or the end where none comes before it. Intake asks it for every clock."""
    before = (_before(row, started, due, zone) for row in _holding(due - started, rows) if row.kind == "before")
    return min((moment for moment in before if moment is not None), default=due)


def _moments(
    started: datetime, due: datetime, zone: tzinfo, rows: Sequence[Row], known: datetime | None
) -> Iterator[tuple[Row, datetime]]:
    """The rows that hold for so long a deadline, as they stand, without those for which it is too short."""
    end = max(due, known or due)
    for row in _holding(due - started, rows):
        moment = _before(row, started, due, zone) if row.kind == "before" else _after(row, end, zone)
        if moment is not None:
            yield row, moment


def _holding(span: timedelta, rows: Sequence[Row]) -> list[Row]:
    over = max((row.over for row in rows if row.over < span), default=timedelta(0))
    return [row for row in rows if row.over == over]


def _before(row: Row, started: datetime, due: datetime, zone: tzinfo) -> datetime | None:
    """None when the span is too short for it."""
    moment = started + (due - started) * row.part[0] / row.part[1] if row.part else due + row.from_end
    moment = moment.replace(second=0, microsecond=0)
    if row.clock is not None:
        at = _at(moment, row.clock, zone)
        moment = at if at < due else moment
    return moment if started < moment < due else None


def _after(row: Row, end: datetime, zone: tzinfo) -> datetime:
    moment = end + row.from_end
    whole = moment.replace(second=0, microsecond=0)
    moment = whole if whole == moment else whole + timedelta(minutes=1)
    if row.clock is None:
        return moment
    at = _at(moment, row.clock, zone)
    return at if at >= moment else _at(moment + timedelta(days=1), row.clock, zone)


def _at(moment: datetime, clock: time, zone: tzinfo) -> datetime:
    """This time on the moment's day in the county."""
    return datetime.combine(moment.astimezone(zone).date(), clock, zone)


def _row(place: int, row: dict[str, str]) -> Row:
    try:
        kind, to = row["kind"], tuple(row["to"].split())
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is none of {KINDS}")
        if not to or set(to) - set(CHAIN):
            raise ValueError(f"{row['to']!r} are not roles of {CHAIN}")
        said, _sign, clock = row["moment"].partition("@")
        part = _PART.fullmatch(said)
        from_end = timedelta(0) if part else _amount(said)
        if part and (kind != "before" or not 0 < int(part[1]) < int(part[2])):
            raise ValueError(f"{said!r} is no part of the span before its end")
        if not part and (kind == "before") != (from_end < timedelta(0)):
            raise ValueError(f"{said!r} does not lie {kind} the end")
        return Row(
            over=_amount(row["over"]),
            kind=kind,
            part=(int(part[1]), int(part[2])) if part else None,
            from_end=from_end,
            clock=time.fromisoformat(clock) if clock else None,
            to=to,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"notice steps, line {place}: {error}") from error


def _amount(said: str) -> timedelta:
    match = _AMOUNT.fullmatch(said)
    if match is None:
        raise ValueError(f"no amount: {said!r}")
    amount = timedelta(**{_UNITS[match[3]]: int(match[2])})
    return -amount if match[1] else amount
