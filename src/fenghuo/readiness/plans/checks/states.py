from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.kernel.access.transitions import Transitions

from ..models import FindingState, ItemState, RoundState

ROUND_STATES = Transitions(
    (RoundState.DRAFTED, "change", RoundState.DRAFTED),
    (RoundState.DRAFTED, "draw", RoundState.DRAWN),
    (RoundState.DRAWN, "assign", RoundState.DRAWN),
    (RoundState.DRAWN, "start", RoundState.UNDER_WAY),
    (RoundState.UNDER_WAY, "assign", RoundState.UNDER_WAY),
    (RoundState.UNDER_WAY, "check", RoundState.UNDER_WAY),
    (RoundState.UNDER_WAY, "close", RoundState.CLOSED),
    words={
        **dict(RoundState.choices),
        "change": _("Change"),
        "draw": _("Draw the sample"),
        "assign": _("Let another unit check"),
        "start": _("Start"),
        "check": _("Check"),
        "close": _("Close the check"),
    },
)
ITEM_STATES = Transitions(
    (ItemState.ASSIGNED, "answer", ItemState.ASSIGNED),
    (ItemState.ASSIGNED, "assign", ItemState.ASSIGNED),
    (ItemState.ASSIGNED, "finish", ItemState.CHECKED),
    words={
        **dict(ItemState.choices),
        "answer": _("Answer"),
        "assign": _("Let another unit check"),
        "finish": _("Finish the check"),
    },
)
# A finding outlives the round: what was found is put right also after it is closed.
FINDING_STATES = Transitions(
    (FindingState.ISSUED, "correct", FindingState.TOLD),
    (FindingState.SENT_BACK, "correct", FindingState.TOLD),
    (FindingState.TOLD, "verify", FindingState.VERIFIED),
    (FindingState.TOLD, "send_back", FindingState.SENT_BACK),
    words={
        **dict(FindingState.choices),
        "correct": _("Say that it is put right"),
        "verify": pgettext_lazy("finding", "Verify"),
        "send_back": _("Send back"),
    },
)
