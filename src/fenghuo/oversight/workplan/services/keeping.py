"""What every verb on a plan begins with: who keeps it, and the plan as it is now, held."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, NotFound
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit

from ..models import PlanState, WorkPlan
from ..selectors.plans import keeps_plan, plans
from ..states import WORKPLAN_STATES


def begin(plan: WorkPlan, verb: str, *, by: Actor) -> WorkPlan:
    """Right, lock, state. Raises: NotFound, NotAllowed (another's plan), WrongState."""
    require_keeper(plan, by=by)
    held = WorkPlan.objects.select_related("record__unit__region", "region").lock(plan)
    WORKPLAN_STATES.check(held.state, verb)
    return held


def require_keeper(plan: WorkPlan, *, by: Actor) -> None:
    """Raises: NotFound (another's draft), NotAllowed (another's plan, which everybody may read)."""
    if not plans(by).filter(pk=plan.pk).exists():
        raise NotFound(_("There is no such work plan, or you may not see it."))
    require(by, "workplans.write")
    if not keeps_plan(by, plan):
        raise NotAllowed(_("Only the unit whose plan it is may change it."))


def keeper_of(plan: WorkPlan) -> Unit:
    assert plan.record.unit is not None  # create_plan gives it one
    return plan.record.unit


def reason_given(plan: WorkPlan, reason: str) -> str:
    """What is in force is changed for a reason that everybody can read. Raises: Invalid."""
    said = text_within("reason", reason)
    if plan.state == PlanState.IN_FORCE and not said:
        raise Invalid(Fault("reason", _("say why the plan is changed in mid-year: everybody can read it"), reason))
    return said
