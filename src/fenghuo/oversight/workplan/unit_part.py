"""On a unit's page: how far it has got with the work plan."""

from collections.abc import Mapping
from typing import Any

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.web.unit_parts import unit_part

from .models import PlanState, WorkPlan
from .scopes import KINDS


@unit_part("workplan/unit_part.html")
def work_plan_of_unit(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """The way to its own page, which counts; this one does not."""
    if unit.valid_to is not None or unit.kind not in KINDS or not actor.may("workplans.read") or not sees(actor, unit):
        return None
    in_force = WorkPlan.objects.filter(state=PlanState.IN_FORCE).select_related("record").order_by("-year").first()
    return {"plan": in_force} if in_force is not None else None
