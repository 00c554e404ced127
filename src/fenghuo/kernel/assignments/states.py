"""What may be done with an assignment in which state."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import State

ASSIGNMENT_STATES = Transitions(
    (State.SENT, "acknowledge", State.ACKNOWLEDGED),
    (State.SENT, "decline", State.DECLINED),
    # Who is busy starts first and says so later.
    (State.SENT, "progress", State.UNDER_WAY),
    (State.SENT, "finish", State.FINISHED),
    (State.SENT, "withdraw", State.WITHDRAWN),
    (State.ACKNOWLEDGED, "acknowledge", State.ACKNOWLEDGED),  # another time of arrival
    (State.ACKNOWLEDGED, "progress", State.UNDER_WAY),
    (State.ACKNOWLEDGED, "finish", State.FINISHED),
    (State.ACKNOWLEDGED, "decline", State.DECLINED),
    (State.ACKNOWLEDGED, "withdraw", State.WITHDRAWN),
    (State.UNDER_WAY, "progress", State.UNDER_WAY),
    (State.UNDER_WAY, "finish", State.FINISHED),
    (State.UNDER_WAY, "decline", State.DECLINED),  # the engine broke down on the way
    (State.UNDER_WAY, "withdraw", State.WITHDRAWN),
    (State.DECLINED, "acknowledge", State.ACKNOWLEDGED),  # it can come after all
    (State.DECLINED, "withdraw", State.WITHDRAWN),
    words={
        **dict(State.choices),
        "acknowledge": _("Acknowledge"),
        "decline": _("Decline"),
        "progress": _("Report progress"),
        "finish": _("Finish"),
        "withdraw": _("Withdraw"),
    },
)

OPEN = (State.SENT, State.ACKNOWLEDGED, State.UNDER_WAY)
ENDED = (State.FINISHED, State.WITHDRAWN)
