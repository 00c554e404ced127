"""What may be done with a plan in which state."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import PlanState

WORKPLAN_STATES = Transitions(
    (PlanState.DRAFT, "change", PlanState.DRAFT),
    (PlanState.DRAFT, "put_in_force", PlanState.IN_FORCE),
    (PlanState.DRAFT, "drop", PlanState.DROPPED),
    (PlanState.IN_FORCE, "change", PlanState.IN_FORCE),
    (PlanState.IN_FORCE, "replace", PlanState.REPLACED),
    words={
        **dict(PlanState.choices),
        "change": _("Change"),
        "put_in_force": _("Put in force"),
        "drop": _("Drop the draft"),
        "replace": _("Replace"),
    },
)
