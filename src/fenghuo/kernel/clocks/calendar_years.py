"""Which years' tables of days off are not here, said aloud and never guessed."""

from django.utils import timezone

from .rulebook import rules
from .selectors import waiting_for_tables

NOTICE_COMES_IN = 10  # the State Council's notice for the next year comes in October or November


def missing_years() -> list[tuple[int, int]]:
    """(year, running deadlines that wait for it): this year, the next, and others that deadlines run into. 1 query."""
    known, this, waiting = rules().calendar.years, timezone.localdate().year, waiting_for_tables()
    return [(year, waiting.get(year, 0)) for year in sorted(({this, this + 1} | set(waiting)) - known)]


def wanted_year() -> int | None:
    """The year whose table should be entered by now: this one, from October on the next. None when it is here. No query
    but that of the rules."""
    today, known = timezone.localdate(), rules().calendar.years
    years = [today.year, *([today.year + 1] if today.month >= NOTICE_COMES_IN else [])]
    return next((year for year in years if year not in known), None)
