from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import TeamState

# Saying a rest or an absence again gives it another reason or end.
TEAM_STATES = Transitions(
    (TeamState.READY, "rest", TeamState.RESTING),
    (TeamState.READY, "withhold", TeamState.UNAVAILABLE),
    (TeamState.RESTING, "make_ready", TeamState.READY),
    (TeamState.RESTING, "rest", TeamState.RESTING),
    (TeamState.RESTING, "withhold", TeamState.UNAVAILABLE),
    (TeamState.UNAVAILABLE, "make_ready", TeamState.READY),
    (TeamState.UNAVAILABLE, "rest", TeamState.RESTING),
    (TeamState.UNAVAILABLE, "withhold", TeamState.UNAVAILABLE),
    words={
        **dict(TeamState.choices),
        "make_ready": _("Make ready"),
        "rest": _("Rest"),
        "withhold": _("Not available"),
    },
)
VERBS = {TeamState.READY: "make_ready", TeamState.RESTING: "rest", TeamState.UNAVAILABLE: "withhold"}
