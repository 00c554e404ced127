"""How a plan comes to be filed, falls due, and is replaced by its next edition."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.journal.recording import record

from ..duties import refresh_duties
from ..models import Plan, PlanState
from ..states import PLAN_STATES
from .keeping import owner_of
from .values import review_due

NOTING, PAPERS = "noted", "papers"  # how it was filed: noted by who has it on paper, or through its papers here
TOP = (UnitKind.GOVERNMENT, UnitKind.EMERGENCY_OFFICE, UnitKind.COMMAND_BODY)


def check_noting(by: Actor, owner: Unit, day: date | None) -> date:
    """The day. Whoever received the paper says that it is filed, never its owner, save for what goes up outside.

    Raises: Invalid.
    """
    if day is None:
        raise Invalid(Fault("filed_on", _("what has been filed stays filed: put the plan into the archive instead")))
    if not by.is_system and by.unit_id == owner.pk and owner.kind not in TOP:
        said = _("is noted by who received the paper: file the plan, or ask them to note it")
        raise Invalid(Fault("filed_on", said, day.isoformat()))
    return day


def file_now(plan: Plan, day: date, *, by: Actor, how: str) -> None:
    """The plan is filed as of this day, and the edition that it replaces is replaced. In the caller's transaction.

    One that is filed already only gets the day. Raises: WrongState (replaced).
    """
    if plan.state == PlanState.DRAFTED:
        plan.state = PLAN_STATES.check(plan.state, "file")
        _replace(plan.replaces, plan, by=by)
    elif plan.state == PlanState.REPLACED:
        PLAN_STATES.check(plan.state, "file")
    plan.filed_on = day
    if plan.next_due is None:
        plan.next_due = review_due(plan.kind, plan.issued_on or plan.valid_from or day)
    plan.save(update_fields=["state", "filed_on", "next_due"])
    record("plan.filed", by, about=[plan, owner_of(plan)], public={"on": day, "how": how, "due": plan.next_due})
    apply_days(plan, by=by)
    refresh_duties([owner_of(plan).pk])


def apply_days(plan: Plan, *, by: Actor) -> None:
    """The state follows the day of the next review: one that has passed makes it due, a later one puts it right."""
    over = plan.next_due is not None and plan.next_due < timezone.localdate()
    verb = {(PlanState.FILED, True): "fall_due", (PlanState.DUE, False): "extend"}.get((PlanState(plan.state), over))
    if verb is None:
        return
    plan.state = PLAN_STATES.check(plan.state, verb)
    plan.save(update_fields=["state"])
    record("plan.fell_due" if verb == "fall_due" else "plan.extended", by, about=[plan], public={"due": plan.next_due})


def _replace(old: Plan | None, new: Plan, *, by: Actor) -> None:
    if old is None:
        return
    old = Plan.objects.select_related("record__unit").lock(old)
    if old.state == PlanState.REPLACED:
        return
    old.state = PLAN_STATES.check(old.state, "replace")
    old.save(update_fields=["state"])
    record("plan.replaced", by, about=[old, new], public={"edition": new.edition, "number": new.record.number})
