"""The steps of a review: who may take the one that is open, and what comes after it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.access.rights import Role

from ..models import Review, Submission
from ..reviewers import reviewers
from ..sides import lies_outside


def open_reviews(held: Submission) -> list[Review]:
    """Those of the present step that nobody has taken yet."""
    rows = Review.objects.filter(round__submission=held, round__number=held.round, place=held.step, done_at=None)
    return list(rows.order_by("pk"))


def require_step(held: Submission, by: Actor) -> Review | None:
    """The part of the present step that is this actor's; None where the kind has no steps, or outside the county.

    Raises: NotAllowed, naming whose it is.
    """
    waiting = open_reviews(held)
    if not waiting or held.receiver is None or lies_outside(held):
        return None
    who = reviewers(held.receiver, [one.role for one in waiting], timezone.localdate())
    for one in waiting:
        if who[one.role].may(by):
            return one
    roles = "、".join(str(Role(who[one.role].instead or one.role).label) for one in waiting)
    raise NotAllowed(_("This step is for: %(roles)s.") % {"roles": roles})


def take_step(held: Submission, review: Review | None, by: Actor) -> bool:
    """Note that it is done; whether all steps are."""
    if review is None:
        return True
    review.done_at, review.done_by_id = timezone.now(), by.post_id
    review.save(update_fields=["done_at", "done_by"])
    while not open_reviews(held):
        if not Review.objects.filter(round__submission=held, round__number=held.round, place__gt=held.step).exists():
            return True
        held.step += 1
    return False


def require_last(held: Submission, review: Review | None) -> None:
    """Raises: WrongState while others must look at it before or beside."""
    if review is None:
        return
    rest = Review.objects.filter(round__submission=held, round__number=held.round, done_at=None).exclude(pk=review.pk)
    if (one := rest.order_by("place", "pk").first()) is not None:
        said = _("Others have to look at it first: %(role)s. Pass your own step.")
        raise WrongState(said % {"role": Role(one.role).label})
