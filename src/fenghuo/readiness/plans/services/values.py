"""What may be said of a plan, and what is wrong with it, field by field."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.plan_kinds import PLAN_KINDS

NAME_MOST, NOTE_MOST, APPROVED_MOST, EDITION_MOST = 120, 2000, 120, 999
EARLIEST = date(1949, 10, 1)
YEARS_AHEAD = 20


class PlanValues(TypedDict, total=False):
    """What create_plan and change_plan may be told; what is absent is left as it is.

    `covers`: kinds of incident, none for every kind. `next_due` None: as the kind of plan says, from its issue on.
    `filed_on`: noted by who received it on paper.
    """

    name: str
    kind: str
    covers: Sequence[str]
    edition: int
    issued_on: date | None
    valid_from: date | None
    approved_by: str
    filed_on: date | None
    next_due: date | None
    note: str


def check(said: PlanValues) -> None:
    """Raises: Invalid naming each field that is wrong."""
    faults = [*_texts(said), *_lists(said), *_days(said)]
    if faults:
        raise Invalid(*faults)


def years_after(day: date, years: int) -> date:
    """The same day of the year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def review_due(kind: str, since: date | None) -> date | None:
    """When a plan of this kind that was issued (or filed) then has to be looked at again; None when no rule says it."""
    years = PLAN_KINDS[kind].review_years if kind in PLAN_KINDS else None
    return years_after(since, years) if since is not None and years is not None else None


def _texts(said: PlanValues) -> Iterator[Fault]:
    if "name" in said:
        yield from text_faults("name", said["name"], NAME_MOST, needed=True)
    if "note" in said:
        yield from text_faults("note", said["note"], NOTE_MOST)
    if "approved_by" in said:
        yield from text_faults("approved_by", said["approved_by"], APPROVED_MOST)
    if "kind" in said and said["kind"] not in PLAN_KINDS:
        yield Fault("kind", _("must be one of: %(known)s") % {"known": " ".join(PLAN_KINDS)}, said["kind"][:50])
    edition = said.get("edition", 1)
    if not 1 <= edition <= EDITION_MOST:
        sentence = _("must lie between %(least)s and %(most)s") % {"least": 1, "most": EDITION_MOST}
        yield Fault("edition", sentence, edition)


def _lists(said: PlanValues) -> Iterator[Fault]:
    for place, slug in enumerate(said.get("covers", ())):
        if slug not in KINDS:
            yield Fault(f"covers.{place}", _("is no known kind of incident"), slug[:50])


def _days(said: PlanValues) -> Iterator[Fault]:
    today = timezone.localdate()
    latest = years_after(today, YEARS_AHEAD)
    for field, to_come in (("issued_on", False), ("filed_on", False), ("valid_from", True), ("next_due", True)):
        day: date | None = said.get(field)  # type: ignore[assignment]  # each of them is a day
        if day is None:
            continue
        if not to_come and day > today:
            yield Fault(field, _("lies in the future: give the day on which it happened"), day.isoformat())
        elif not EARLIEST <= day <= latest:
            sentence = _("must lie between %(least)s and %(most)s") % {"least": EARLIEST, "most": latest}
            yield Fault(field, sentence, day.isoformat())
    issued, due = said.get("issued_on"), said.get("next_due")
    if issued is not None and due is not None and due < issued:
        yield Fault("next_due", _("lies before the day of issue"), due.isoformat())
