"""On which side of a submission somebody stands: the sender's people file and correct, the receiver's review."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.models.units import UnitKind

from .models import Round, Submission, Way

# Nobody there works with this installation: the sender writes down what they answered.
OUTSIDE = (UnitKind.SUPERIOR, UnitKind.PARTNER)


def is_sender(by: Actor, one: Submission) -> bool:
    return by.is_system or (by.unit_id is not None and by.unit_id == one.sender_id)


def is_receiver(by: Actor, one: Submission) -> bool:
    """Also the sender of what went to an authority outside, whose answer it notes."""
    if by.is_system or (by.unit_id is not None and by.unit_id == one.receiver_id):
        return True
    return lies_outside(one) and is_sender(by, one)


def lies_outside(one: Submission) -> bool:
    return one.receiver is not None and one.receiver.kind in OUTSIDE


def require_sender(by: Actor, one: Submission) -> None:
    """Raises: NotAllowed."""
    if not is_sender(by, one):
        raise NotAllowed(_("Only %(unit)s, who sent this paper, may do this.") % {"unit": one.sender.name})


def require_receiver(by: Actor, one: Submission, *, deciding: bool = True) -> None:
    """Raises: NotAllowed, also for who sent it: nobody decides upon one's own paper. To pass it on decides nothing."""
    if not is_receiver(by, one):
        to = one.receiver.name if one.receiver is not None else _("the receiver")
        raise NotAllowed(_("Only %(unit)s, to whom this paper was sent, may do this.") % {"unit": to})
    if deciding and (why := own_paper(by, one)):
        raise NotAllowed(why)


def own_paper(by: Actor, one: Submission) -> str:
    """Why this actor may not decide upon it, or "". What was brought by hand is not the paper of who entered it."""
    if by.is_system or lies_outside(one):
        return ""
    if one.sender_id == one.receiver_id:
        return _(
            "Sender and receiver have become one unit, and nobody accepts one's own paper. "
            "Pass it on to the next level, or withdraw it."
        )
    sent = Round.objects.filter(submission__in=_with_those_below(one)).exclude(way=Way.HAND)
    if by.person_id is not None and sent.filter(sent_by__person=by.person_id).exists():
        return _("You sent this paper yourself; somebody else at %(unit)s decides upon it.") % {
            "unit": one.receiver.name if one.receiver is not None else ""
        }
    return ""


def _with_those_below(one: Submission) -> list[int]:
    """It and what was passed on to become it."""
    found, below = [one.pk], one.forwarded_from_id
    while below is not None:
        found.append(below)
        below = Submission.objects.values_list("forwarded_from", flat=True).get(pk=below)
    return found
