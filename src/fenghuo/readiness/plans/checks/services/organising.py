"""create_round, change_round: what a round is before it is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_year_number
from fenghuo.kernel.registry.services import open_record
from fenghuo.standards.plan_duties import WHO

from ...models import CheckPart, CheckRound, CheckShare
from ..states import ROUND_STATES
from .keeping import hold_round, organiser_of

TITLE_MOST, MANY_MOST, DAYS_MOST = 120, 100, 365
ORGANISERS = (UnitKind.EMERGENCY_OFFICE, UnitKind.TOWNSHIP)


class RoundValues(TypedDict, total=False):
    """`shares`: word of WHO → how many in each town. `parts`: units that take part and visit."""

    title: str
    from_day: date
    to_day: date
    correct_days: int
    shares: Mapping[str, int]
    parts: Sequence[Unit]


NEEDED = ("title", "from_day", "to_day", "shares")


@transaction.atomic
def create_round(*, by: Actor, unit: Unit, demo: bool = False, **said: Unpack[RoundValues]) -> CheckRound:
    """A round of this emergency office, over the county, or of this township, over its own place (2.2).

    Raises: NotAllowed, Invalid.
    """
    require(by, "plan_checks.organise")
    if unit.kind not in ORGANISERS or not (by.is_system or by.unit_id == unit.pk):
        raise NotAllowed(_("The county's emergency office organises checks of plans, or a township its own."))
    if lacking := [name for name in NEEDED if name not in said]:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    _check(said)
    number = take_year_number("plan_check", "PC", said["from_day"].year)
    opened = open_record(
        "plan_check",
        said["title"].strip(),
        unit=unit,
        region=unit.region,
        number=number,
        demo=demo or by.demo or unit.record.demo,
    )
    made = CheckRound(record=opened, year=said["from_day"].year, from_day=said["from_day"], to_day=said["to_day"])
    made.correct_days = said.get("correct_days", made.correct_days)
    made.save(force_insert=True)
    _put_rows(made, said)
    record("plancheck.created", by, about=[made, unit], public={"number": number, "title": opened.title})
    return made


@transaction.atomic
def change_round(round_: CheckRound, *, by: Actor, **said: Unpack[RoundValues]) -> CheckRound:
    """Change what is given, as long as nothing is drawn. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    held = hold_round(round_, by=by)
    ROUND_STATES.check(held.state, "change")
    _check(RoundValues(from_day=held.from_day, to_day=held.to_day) | said)
    held.from_day, held.to_day = said.get("from_day", held.from_day), said.get("to_day", held.to_day)
    held.correct_days = said.get("correct_days", held.correct_days)
    held.year = held.from_day.year
    held.save(update_fields=["from_day", "to_day", "correct_days", "year"])
    if "title" in said:
        held.record.title = said["title"].strip()
        held.record.save(update_fields=["title"])
    _put_rows(held, said)
    record("plancheck.changed", by, about=[held, organiser_of(held)], public={"fields": sorted(said)})
    return held


def _put_rows(round_: CheckRound, said: RoundValues) -> None:
    if "shares" in said:
        round_.share_rows.all().delete()
        rows = [CheckShare(round=round_, who=who, many=many) for who, many in sorted(said["shares"].items()) if many]
        CheckShare.objects.bulk_create(rows)
    if "parts" in said:
        round_.part_rows.all().delete()
        units = dict.fromkeys(unit.pk for unit in said["parts"])
        CheckPart.objects.bulk_create([CheckPart(round=round_, unit_id=pk) for pk in units])


def _check(said: RoundValues) -> None:
    if faults := [*_faults(said)]:
        raise Invalid(*faults)


def _faults(said: RoundValues) -> Iterator[Fault]:
    between = _("must lie between %(least)s and %(most)s")
    if "title" in said:
        yield from text_faults("title", said["title"], TITLE_MOST, needed=True)
    if said["to_day"] < said["from_day"]:
        yield Fault("to_day", _("lies before the first day"), said["to_day"].isoformat())
    if not 2000 <= said["from_day"].year <= 2199 or said["to_day"].year > 2199:
        yield Fault("from_day", between % {"least": 2000, "most": 2199}, said["from_day"].isoformat())
    if not 1 <= said.get("correct_days", 1) <= DAYS_MOST:
        yield Fault("correct_days", between % {"least": 1, "most": DAYS_MOST}, said.get("correct_days"))
    for who, many in said.get("shares", {}).items():
        if who not in WHO:
            yield Fault("shares", _("must be one of: %(known)s") % {"known": " ".join(WHO)}, who[:50])
        elif not 0 <= many <= MANY_MOST:
            yield Fault(f"many_{who}", between % {"least": 0, "most": MANY_MOST}, many)
    if "shares" in said and not any(said["shares"].values()):
        yield Fault("shares", _("say of at least one kind of unit how many are drawn"))
    for unit in said.get("parts", ()):
        if unit.kind not in (*ORGANISERS, UnitKind.DEPARTMENT, UnitKind.COMMAND_BODY, UnitKind.GOVERNMENT):
            yield Fault("parts", _("%(unit)s is no authority: only departments and townships visit") % {"unit": unit})
