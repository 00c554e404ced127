"""What may be done with a submission in which state. Drawn in docs/submissions.md from this table."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import State
from .models.submissions import UNDER_WAY

SUBMISSION_STATES = Transitions(
    (State.GAP, "send", State.SUBMITTED),  # somebody supervises the sender now
    (State.GAP, "withdraw", State.WITHDRAWN),
    (State.SUBMITTED, "accept", State.ACCEPTED),
    (State.SUBMITTED, "take", State.IN_REVIEW),
    (State.SUBMITTED, "pass_step", State.IN_REVIEW),
    (State.SUBMITTED, "remark", State.IN_REVIEW),
    (State.SUBMITTED, "return_", State.RETURNED),
    (State.SUBMITTED, "forward", State.FORWARDED),
    (State.SUBMITTED, "deem", State.DEEMED),  # by silence, where the law says so
    (State.SUBMITTED, "withdraw", State.WITHDRAWN),
    (State.IN_REVIEW, "accept", State.ACCEPTED),
    (State.IN_REVIEW, "pass_step", State.IN_REVIEW),
    (State.IN_REVIEW, "remark", State.IN_REVIEW),
    (State.IN_REVIEW, "return_", State.RETURNED),
    (State.IN_REVIEW, "forward", State.FORWARDED),
    (State.IN_REVIEW, "deem", State.DEEMED),  # whoever looks without answering is silent too
    (State.IN_REVIEW, "withdraw", State.WITHDRAWN),
    (State.RETURNED, "answer", State.RETURNED),
    (State.RETURNED, "resubmit", State.SUBMITTED),
    (State.RETURNED, "withdraw", State.WITHDRAWN),
    (State.FORWARDED, "accepted_above", State.ACCEPTED),  # follows when the next level accepts
    (State.FORWARDED, "taken_back", State.IN_REVIEW),  # follows when it is withdrawn from the next level
    words={
        **dict(State.choices),
        "send": _("Send it now"),
        "take": _("Take into review"),
        "pass_step": _("Pass this step"),
        "remark": _("Remark"),
        "return_": _("Return for correction"),
        "accept": _("Accept"),
        "forward": _("Pass on to the next level"),
        "deem": _("Take as accepted by silence"),
        "accepted_above": _("Accepted at the next level"),
        "taken_back": _("Taken back from the next level"),
        "answer": _("Answer a remark"),
        "resubmit": _("Send again, corrected"),
        "resubmit_by_hand": _("Enter the corrected paper that came by hand"),
        "withdraw": _("Withdraw"),
    },
)

OPEN = (*UNDER_WAY, State.FORWARDED)
WITH_RECEIVER = (State.SUBMITTED, State.IN_REVIEW)  # the receiver has to do something
WITH_SENDER = (State.GAP, State.RETURNED)  # the sender has to
GOOD = (State.ACCEPTED, State.DEEMED)
SENDERS_VERBS = ("send", "answer", "resubmit", "withdraw")
RECEIVERS_VERBS = ("take", "pass_step", "remark", "return_", "accept", "forward")
