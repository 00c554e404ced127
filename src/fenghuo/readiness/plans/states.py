from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import PlanState

# An edition is replaced by the next one's being filed, never by hand. The next issue puts review, approval and issue
# before "file".
PLAN_STATES = Transitions(
    (PlanState.DRAFTED, "file", PlanState.FILED),
    (PlanState.DRAFTED, "replace", PlanState.REPLACED),
    (PlanState.FILED, "fall_due", PlanState.DUE),
    (PlanState.FILED, "replace", PlanState.REPLACED),
    (PlanState.DUE, "extend", PlanState.FILED),
    (PlanState.DUE, "replace", PlanState.REPLACED),
    words={
        **dict(PlanState.choices),
        "file": _("File"),
        "fall_due": _("Fall due"),
        "extend": _("Set a later review"),
        "replace": _("Replace"),
    },
)
