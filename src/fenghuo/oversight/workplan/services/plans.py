"""create_plan, change_plan, put_in_force, drop_plan."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import not_ahead, text_faults
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_year_number
from fenghuo.kernel.registry.services import open_record

from ..models import PlanState, Target, WorkPlan
from ..states import WORKPLAN_STATES
from .keeping import begin, keeper_of, reason_given
from .values import TEXT_MOST, TITLE_MOST, YEARS


@transaction.atomic
def create_plan(*, by: Actor, unit: Unit, year: int, title: str, preamble: str = "", demo: bool = False) -> WorkPlan:
    """An empty draft for the block of this emergency office: of the year's first version, or of the next.

    Raises: NotAllowed, Invalid.
    """
    require(by, "workplans.write")
    if unit.kind != UnitKind.EMERGENCY_OFFICE or not (by.is_system or by.unit_id == unit.pk):
        raise NotAllowed(_("The emergency office writes the work plan of its block."))
    check_plan(title, preamble, year)
    last = WorkPlan.objects.filter(region=unit.region_id, year=year).aggregate(last=Max("version"))["last"] or 0
    number = take_year_number("workplan", "WP", year)
    opened = open_record(
        "workplan",
        title.strip(),
        unit=unit,
        region=unit.region,
        number=number,
        demo=demo or by.demo or unit.record.demo,
    )
    made = WorkPlan(record=opened, region=unit.region, year=year, version=last + 1, preamble=preamble.strip())
    made.save(force_insert=True)
    record("workplan.created", by, about=[made, unit], public={"number": number, "title": opened.title, "year": year})
    return made


@transaction.atomic
def change_plan(plan: WorkPlan, *, by: Actor, title: str, preamble: str, reason: str = "") -> WorkPlan:
    """Title and preamble. Raises: NotFound, NotAllowed, WrongState, Invalid (in force without a reason)."""
    held = begin(plan, "change", by=by)
    check_plan(title, preamble, held.year)
    said = reason_given(held, reason)
    held.preamble, held.record.title = preamble.strip(), title.strip()
    held.save(update_fields=["preamble"])
    held.record.save(update_fields=["title"])
    record("workplan.changed", by, about=[held], public={"reason": said})
    return held


@transaction.atomic
def put_in_force(plan: WorkPlan, *, by: Actor, happened_at: datetime | None = None) -> WorkPlan:
    """From now, or from when it was issued, it is what everybody owes; the version before it is replaced.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no target; a day to come; before the version it replaces).
    """
    not_ahead("happened_at", happened_at)
    held = begin(plan, "put_in_force", by=by)
    at = happened_at or timezone.now()
    targets = Target.objects.filter(clause__plan=held, until=None, clause__withdrawn_at=None)
    if not targets.exists():
        raise Invalid(Fault("targets", _("a plan without any target would show nothing: enter what has to be reached")))
    _replace_others(held, at, by=by)
    held.state, held.since = WORKPLAN_STATES.check(held.state, "put_in_force"), at
    held.save(update_fields=["state", "since"])
    targets.update(since=at)
    public = {"year": held.year, "version": held.version, "targets": targets.count()}
    record("workplan.put_in_force", by, about=[held, keeper_of(held)], happened_at=happened_at, public=public)
    return held


@transaction.atomic
def drop_plan(plan: WorkPlan, *, by: Actor) -> WorkPlan:
    """A draft that nobody wants. Raises: NotFound, NotAllowed, WrongState."""
    held = begin(plan, "drop", by=by)
    held.state = WORKPLAN_STATES.check(held.state, "drop")
    held.save(update_fields=["state"])
    record("workplan.dropped", by, about=[held])
    return held


def _replace_others(held: WorkPlan, at: datetime, *, by: Actor) -> None:
    before = WorkPlan.objects.select_for_update(of=("self",)).filter(
        region=held.region_id, year=held.year, state=PlanState.IN_FORCE
    )
    for one in before.select_related("record"):
        if one.since is not None and one.since > at:
            said = _("lies before the version that it would replace (%(number)s)") % {"number": one.record.number}
            raise Invalid(Fault("happened_at", said, at.isoformat()))
        one.state, one.until = WORKPLAN_STATES.check(one.state, "replace"), at
        one.save(update_fields=["state", "until"])
        record("workplan.replaced", by, about=[one, held], public={"number": held.record.number})


def check_plan(title: str, preamble: str, year: int) -> None:
    """Raises: Invalid."""
    faults = [*text_faults("title", title, TITLE_MOST, needed=True), *text_faults("preamble", preamble, TEXT_MOST)]
    if not YEARS[0] <= year <= YEARS[1]:
        faults.append(
            Fault("year", _("must lie between %(least)s and %(most)s") % {"least": YEARS[0], "most": YEARS[1]}, year)
        )
    if faults:
        raise Invalid(*faults)
