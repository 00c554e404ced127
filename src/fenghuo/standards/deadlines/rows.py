"""One row of rules, and how it is read. Every row that cannot be in force is named with what is wrong with it."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ..calendar import Calendar
from ..kinds import KINDS
from ..region_codes import check_region_code
from ..sources import SOURCES
from .conditions import Condition, Facts, read_when
from .flaws import BadRules, Flaw, Wrong
from .spans import Ends, Pauses, Schedule, Span, read_schedule, read_span
from .words import ANCHORS, CERTAINTIES, SUBJECTS, WAYS

# 生产安全事故 of D493: what happens at work. Traffic and fires have rules of their own.
PRODUCTION = (
    *("coal_mine", "mine", "construction", "hazardous_chemicals", "fireworks", "industry_other"),
    "special_equipment",
)
COLUMNS = (
    *("id", "subject", "kinds", "when", "anchor", "span", "repeats", "way", "duty", "from_zh", "from_en"),
    *("to_zh", "to_en", "what_zh", "what_en", "source", "article", "certainty", "in_force_from", "valid_to"),
    "region_code",
)
# Columns that came later: a file without them says nothing in them.
LATER_COLUMNS = ("extension", "last_day")
AT_ONCE = "at_once"
LONGEST_ARTICLE = 32  # characters, as a clock keeps it


@dataclass(frozen=True, slots=True)
class Deadline:
    """One rule in one wording. `subject`, `anchor`, `way`: words of `words.py`.

    `span` None: at once (立即), a duty to which the law gives no number; no clock runs for it (decision 13).
    `window`: not a duty but a time within which something counts. `certainty` by kind ("*" for any), as thresholds'.
    `extension`: by how much it may be made longer, once. `shift`: a last day off moves to the next working day.
    `own`: set by the county; it goes before the shipped row of the same id.
    """

    id: str
    subject: str
    kinds: Mapping[str, str]
    conditions: tuple[Condition, ...]
    anchor: str
    span: Span | Schedule | None
    repeats: bool
    way: str
    window: bool
    giver: tuple[str, str]
    receiver: tuple[str, str]
    what: tuple[str, str]
    source: str
    article: str
    in_force_from: date
    valid_to: date | None
    region_code: str
    extension: Span | None = None
    shift: bool = False
    own: bool = False

    @property
    def at_once(self) -> bool:
        return self.span is None

    @property
    def version(self) -> str:
        """Names this wording among those of the same id."""
        return f"{'own ' if self.own else ''}{self.in_force_from}{' ' if self.region_code else ''}{self.region_code}"

    @property
    def by_working_days(self) -> bool:
        """Whether its end depends on the year's table of days off."""
        return (
            self.shift
            or (isinstance(self.span, Span) and self.span.unit == "wd")
            or (self.extension is not None and self.extension.unit == "wd")
        )

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.valid_to is None or day <= self.valid_to)

    def holds(self, facts: Facts) -> bool:
        """Whether it runs for such a record, whatever the day and the place."""
        if "*" not in self.kinds and facts.kind not in self.kinds:
            return False
        return not self.conditions or any(condition(facts) for condition in self.conditions)

    def certainty(self, kind: str) -> str:
        return self.kinds.get(kind) or self.kinds.get("*", "?")

    def ends(
        self, start: datetime, zone: tzinfo, calendar: Calendar, *, pauses: Pauses = (), extension: Span | None = None
    ) -> Ends:
        """When it is due. Raises: ValueError for a duty at once, which has no such moment."""
        if self.span is None:
            raise ValueError(f"{self.id} is due at once: it has no end")
        first = self.span.ends(start, zone, calendar, pauses=pauses, shift=self.shift and extension is None)
        if extension is None:
            return first
        # `at` is 24:00 of the last day, and the days of the extension are counted from that day.
        more = extension.ends(first.at - timedelta(microseconds=1), zone, calendar, pauses=pauses, shift=self.shift)
        return Ends(more.at, first.missing_year or more.missing_year)


def read_deadlines(lines: Iterable[str], *, own: bool = False) -> list[Deadline]:
    """All rows of a file. Raises: BadRules naming every row that is wrong, and what may stand there."""
    rows, flaws = read_what_can(lines, own=own)
    if flaws:
        raise BadRules(*flaws)
    return rows


def read_what_can(lines: Iterable[str], *, own: bool = False) -> tuple[list[Deadline], list[Flaw]]:
    """The rows that can be in force, and what is wrong with the others."""
    reader = csv.DictReader(lines)
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        return [], [Flaw(1, "", "–", " ".join(lacking), "missing_columns", " ".join(COLUMNS))]
    found: list[Deadline] = []
    flaws: list[Flaw] = []
    while True:
        try:
            given = next(reader, None)
        except csv.Error as error:
            flaws.append(Flaw(reader.line_num, "", "–", str(error), "no_csv"))
            break
        if given is None:
            break
        row = {name: (given.get(name) or "").strip() for name in (*COLUMNS, *LATER_COLUMNS)}
        read, wrong = read_row(row, own=own, line=reader.line_num)
        flaws += wrong
        if read is not None:
            if (twice := overlapping(read, found)) is not None:
                flaws.append(_overlap(read, twice, reader.line_num))
            else:
                found.append(read)
    return found, flaws


def overlapping(row: Deadline, others: Iterable[Deadline]) -> Deadline | None:
    """Another wording of the same rule for the same place that is in force on a day on which this one is."""
    for other in others:
        same = (row.id, row.region_code, row.own) == (other.id, other.region_code, other.own)
        if (
            same
            and row.in_force_from <= (other.valid_to or date.max)
            and other.in_force_from <= (row.valid_to or date.max)
        ):
            return other
    return None


def _overlap(row: Deadline, other: Deadline, line: int) -> Flaw:
    days = f"{other.in_force_from} – {other.valid_to or ''}"
    return Flaw(line, row.id, "in_force_from", str(row.in_force_from), "overlap", days)


def read_row(row: Mapping[str, str], *, own: bool = False, line: int = 0) -> tuple[Deadline | None, list[Flaw]]:
    """One row of text, all COLUMNS; None when it cannot be in force."""
    reading = _Reading(row, line)
    read = reading.deadline(own)
    return (None, reading.flaws) if reading.flaws else (read, [])


class _Reading:
    """Reads column by column, so that all flaws of a row are found at once."""

    def __init__(self, row: Mapping[str, str], line: int) -> None:
        self.row, self.line, self.flaws = row, line, list[Flaw]()

    def deadline(self, own: bool) -> Deadline | None:
        row = self.row
        if not row["id"]:
            self._flaw("id", "no_id")
        elif len(row["id"]) > 32 or " " in row["id"]:
            self._flaw("id", "long_id")
        for name in ("what_zh", "to_zh"):
            if not row[name]:
                self._flaw(name, "empty")
        if len(row["article"]) > LONGEST_ARTICLE:
            self._flaw("article", "long", f"≤ {LONGEST_ARTICLE}")
        for name, said in row.items():
            if "\0" in said:
                self._flaw(name, "control", value=said.replace("\0", "�"))
        source = self._one_of("source", tuple(SOURCES))
        certainty = self._one_of("certainty", CERTAINTIES)
        if own and source != "COUNTY" and source in SOURCES:
            self._flaw("source", "own_law", "COUNTY")
        if own and certainty != "?" and certainty in CERTAINTIES:
            self._flaw("certainty", "own_law", "?")
        law = SOURCES.get(source)
        since = self._date("in_force_from", law.in_force_from if law else "1900-01-01")
        until = self._date("valid_to", law.valid_to if law else "")
        if since and until and until < since:
            self._flaw("valid_to", "backwards", f"≥ {since}")
        if row["region_code"]:
            self._try("region_code", check_region_code, "bad_region", "610118000000")
        span, repeats = self._span(), self._one_of("repeats", ("yes", "")) == "yes"
        self._check_step(span, repeats)
        shift = self._one_of("last_day", ("next_working_day", "")) == "next_working_day"
        if shift and (
            span is None or (isinstance(span, Span) and not span.in_days) or getattr(span, "every", "") == "daily"
        ):
            self._flaw("last_day", "shift_minutes")
        kinds, conditions = self._read("kinds", lambda said: _kinds(said, certainty)), self._read("when", read_when)
        if own and kinds and certainty == "?" and set(kinds.values()) != {"?"}:
            self._flaw("kinds", "own_law", "?")
        extension = self._extension()
        subject = self._one_of("subject", tuple(SUBJECTS))
        anchor = self._one_of("anchor", tuple(ANCHORS))
        way, duty = self._one_of("way", tuple(WAYS)), self._one_of("duty", ("duty", "window"))
        if self.flaws:
            return None
        assert kinds is not None
        assert conditions is not None
        assert since is not None
        return Deadline(
            id=row["id"],
            subject=subject,
            kinds=kinds,
            conditions=conditions,
            anchor=anchor,
            span=span,
            repeats=repeats,
            way=way,
            window=duty == "window",
            giver=(row["from_zh"], row["from_en"]),
            receiver=(row["to_zh"], row["to_en"]),
            what=(row["what_zh"], row["what_en"]),
            source=source,
            article=row["article"],
            in_force_from=since,
            valid_to=until,
            region_code=row["region_code"],
            extension=extension,
            shift=shift,
            own=own,
        )

    def _flaw(self, column: str, code: str, allowed: str = "", value: str | None = None) -> None:
        said = self.row[column] if value is None else value
        self.flaws.append(Flaw(self.line, self.row["id"], column, said, code, allowed))

    def _read[T](self, column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self.row[column])
        except Wrong as wrong:
            self._flaw(column, str(wrong), wrong.allowed, wrong.value)
            return None

    def _try(self, column: str, check: Callable[[str], object], code: str, allowed: str) -> None:
        try:
            check(self.row[column])
        except ValueError:
            self._flaw(column, code, allowed)

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        said = self.row[column]
        if said not in allowed:
            self._flaw(column, "unknown", " ".join(word or "–" for word in allowed))
        return said

    def _date(self, column: str, otherwise: str) -> date | None:
        said = self.row[column] or otherwise
        if not said:
            return None
        try:
            return date.fromisoformat(said)
        except ValueError:
            self._flaw(column, "bad_date", "2026-01-31")
            return None

    def _span(self) -> Span | Schedule | None:
        said = self.row["span"]
        if said == AT_ONCE:
            return None
        try:
            return read_schedule(said) if "@" in said else read_span(said)
        except ValueError as error:
            allowed = "30m 24h 7d 20wd 1mo 3y daily@09:00 monthly@15 quarterly@15 quarterly@end yearly@03-31 at_once"
            self._flaw("span", str(error), allowed)
            return None

    def _check_step(self, span: Span | Schedule | None, repeats: bool) -> None:
        if not repeats:
            return
        if self.row["span"] == AT_ONCE:
            self._flaw("repeats", "never_ends")
        elif isinstance(span, Span) and span.amount == 0:
            self._flaw("span", "zero_step", "1d")

    def _extension(self) -> Span | None:
        said = self.row.get("extension", "")
        if not said:
            return None
        try:
            span = read_span(said)
        except ValueError:
            span = None
        if span is None or span.unit not in ("d", "wd") or not span.amount or self.row["span"] == AT_ONCE:
            self._flaw("extension", "bad_extension")
            return None
        return span


def _kinds(said: str, certainty: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in said.split():
        name, _, own = word.partition(":")
        if name == "production":
            names: Iterable[str] = PRODUCTION
        elif name == "natural":
            names = [slug for slug, kind in KINDS.items() if kind.category == "natural"]
        elif name == "*" or name in KINDS:
            names = [name]
        else:
            raise Wrong("unknown", name, " ".join(("*", "production", "natural", *KINDS)))
        if own and own not in CERTAINTIES:
            raise Wrong("unknown", own, " ".join(CERTAINTIES))
        found |= dict.fromkeys(names, own or certainty)
    if not found:
        raise Wrong("empty", "", "*")
    return found
