"""The year's days off, from the State Council's notice as it was pasted."""

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.calendar import Contradiction, Table, read_notice
from fenghuo.standards.deadlines import Ruleset

from ..flaws import say_wrong
from ..models import DaysOff
from ..rulebook import mark_change, rules
from .changing import apply_change
from .home import home


def set_days_off(notice: str, *, by: Actor, year: int | None = None) -> Table:
    """Put the table of one year in force and reckon the clocks that run by it, on record.

    `year` where the notice's title was not pasted. A second notice for the year takes the place of the first.
    Raises: NotAllowed, Invalid (everything in the notice that contradicts itself, the calendar or the law).
    """
    require(by, "clocks.rules")
    table, before = _read(notice, year), rules()
    with transaction.atomic():
        entry = record(
            "clock.days_off_set",
            by,
            about=[home(by)],
            public={"year": table.year, "number": table.number, "off": len(table.off), "work": len(table.work)},
        )
        said = {"notice": notice.replace("\0", ""), "number": table.number, "entry_id": entry, "set_at": timezone.now()}
        DaysOff.objects.update_or_create(year=table.year, defaults=said)
        mark_change()
    apply_change(before, rules(), by=by, why="days_off")
    return table


def rules_with_notice(notice: str, year: int | None = None) -> Ruleset:
    """The rules as they would be with this table, for `preview_change`; nothing is stored. Raises: Invalid."""
    table, book = _read(notice, year), rules()
    return Ruleset(book.rows, book.calendar.with_table(table))


def _read(notice: str, year: int | None) -> Table:
    try:
        return read_notice(notice, year)
    except Contradiction as contradiction:
        raise Invalid(*(Fault("notice", say_wrong(one), one.said) for one in contradiction.wrong)) from contradiction
