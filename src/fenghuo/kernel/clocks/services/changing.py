"""What a change of rules or days off does to the clocks that run: shown before it is made, on record when it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import Draft, record_many
from fenghuo.standards.calendar import Calendar
from fenghuo.standards.deadlines import Deadline, Ends, Ruleset

from ..models import Clock
from ..rulebook import rules
from .rows import ends_of, places, reckon

READ_AT_ONCE = 2000
CHUNK = 100  # clocks moved in one transaction, so that none holds the write lock for long


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that runs and would be due at another moment. `missing_year`: as at Clock, of the moment after."""

    clock: int
    record: int
    rule: str
    due_before: datetime
    due_after: datetime
    missing_year: int | None

    @property
    def newly_late(self) -> bool:
        return self.missing_year is None and self.due_after <= timezone.now() < self.due_before


def preview_change(before: Ruleset, after: Ruleset) -> list[Moved]:
    """Running clocks that these rules would make due at another moment than those; nothing is changed.

    Only clocks of rules that differ are looked at. Rules that newly apply, or no longer do, take effect when the facts
    of their record change next.
    """
    keys, found = list(_running(before, after).values_list("pk", flat=True)), []
    for start in range(0, len(keys), READ_AT_ONCE):
        for clock, wording, ends in _reckoned(Clock.objects.filter(pk__in=keys[start : start + READ_AT_ONCE]), after):
            if wording is not None and ends.at != clock.due_at:
                found.append(Moved(clock.pk, clock.record_id, clock.rule, clock.due_at, ends.at, ends.missing_year))
    return sorted(found, key=lambda one: (one.due_after, one.clock))


def apply_change(before: Ruleset, after: Ruleset, *, by: Actor, why: str) -> int:
    """Make running clocks due by the rules `after`, each on record, in chunks that are whole in themselves.

    `why`: a word for the journal (rules, days_off). Repeating it does no harm. How many were moved.
    Raises: NotAllowed.
    """
    require(by, "clocks.rules")
    keys = list(_running(before, after).values_list("pk", flat=True))
    moved = 0
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            held = Clock.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + CHUNK])
            running = held.filter(met_at__isnull=True, ended_at__isnull=True).order_by("pk")
            moved += _move(_reckoned(running, after), after.calendar, by=by, why=why)
    return moved


def catch_up() -> int:
    """Clocks that waited for a table of days off which is here now are reckoned by it. For the tick; how many moved."""
    book = rules()
    waiting = Clock.objects.filter(met_at__isnull=True, ended_at__isnull=True, missing_year__isnull=False)
    here = waiting.filter(missing_year__in=book.calendar.years, rule__in=list(book))
    keys = list(here.values_list("pk", flat=True)[:CHUNK])
    if not keys:
        return 0
    with transaction.atomic():
        held = Clock.objects.select_for_update(of=("self",)).filter(pk__in=keys, met_at__isnull=True)
        return _move(_reckoned(held.order_by("pk"), book), book.calendar, by=SYSTEM, why="days_off")


def _running(before: Ruleset, after: Ruleset) -> QuerySet[Clock]:
    running = Clock.objects.filter(met_at__isnull=True, ended_at__isnull=True)
    return running.filter(rule__in=_different(before, after)).order_by("pk")


def _different(before: Ruleset, after: Ruleset) -> list[str]:
    """The rules whose clocks may be due at another moment."""
    other_days = before.calendar != after.calendar
    return [
        rule
        for rule in dict.fromkeys([*before, *after])
        if _terms(before, rule) != _terms(after, rule)
        or (other_days and any(row.by_working_days for row in after.wordings(rule)))
    ]


def _terms(book: Ruleset, rule: str) -> list[tuple[object, ...]]:
    """All of a rule that its end depends on."""
    return [
        (row.version, row.anchor, row.span, row.shift, row.extension, row.valid_to, row.region_code)
        for row in book.wordings(rule)
    ]


def _reckoned(clocks: QuerySet[Clock], book: Ruleset) -> Iterator[tuple[Clock, Deadline | None, Ends]]:
    found = list(clocks.prefetch_related("pauses"))
    place: Mapping[int, str] = {}
    if any(row.region_code for row in book.rows):
        place = places({clock.record_id for clock in found})
    zone = timezone.get_current_timezone()
    for clock in found:
        day = clock.started_at.astimezone(zone).date()
        wording = book.choose(clock.rule, {clock.anchor: day}, place.get(clock.record_id, ""))
        if wording is None or wording.at_once:
            yield clock, None, Ends(clock.due_at, clock.missing_year)
        else:
            yield clock, wording, ends_of(clock, wording, book.calendar)


def _move(reckoned: Iterable[tuple[Clock, Deadline | None, Ends]], calendar: Calendar, *, by: Actor, why: str) -> int:
    drafts, changed = [], []
    fields = dict.fromkeys(("version", "source", "article", "certainty"))
    for clock, wording, ends in reckoned:
        if wording is None:
            continue
        same = (clock.version, clock.due_at, clock.missing_year) == (wording.version, ends.at, ends.missing_year)
        if same:
            continue
        said = {"rule": clock.rule, "from": clock.due_at.isoformat(), "to": ends.at.isoformat(), "why": why}
        if ends.at != clock.due_at:
            drafts.append(Draft("clock.moved", by, [clock.record_id], public=said))
        fields |= dict.fromkeys(reckon(clock, wording, calendar))
        clock.version = wording.version
        clock.source, clock.article = wording.source, wording.article
        if len(certainties := set(wording.kinds.values())) == 1:
            (clock.certainty,) = certainties
        changed.append(clock)
    Clock.objects.bulk_update(changed, list(fields))
    record_many(drafts)
    return len(drafts)
