"""What the receiver does before it decides: take it, pass a step, remark; and return it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.standards.submission_kinds import papers

from ..models import Remark, Submission
from ..telling import tell_sender
from .steps import require_step, take_step
from .verbs import answered, begin, current_round, needed_text, settle, tell

MOST_REMARKS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One remark. `item`: of the checklist, or "" for the whole."""

    text: str
    item: str = ""


@transaction.atomic
def take(submission: Submission, *, by: Actor) -> Submission:
    """Somebody looks at it. Raises: NotFound, NotAllowed (one's own paper), WrongState."""
    held, state = begin(submission, "take", by=by)
    held.state = state
    held.save(update_fields=["state"])
    tell("taken", held, by)
    settle([held], by, timezone.now())
    return held


@transaction.atomic
def pass_step(submission: Submission, *, by: Actor) -> Submission:
    """This reviewer has no objection: the next one's turn. The last one accepts instead.

    Raises: NotFound, NotAllowed (another's step), WrongState, Invalid (the last step).
    """
    held, state = begin(submission, "pass_step", by=by)
    review = require_step(held, by)
    if review is None or take_step(held, review, by):
        raise Invalid(message=_("Nobody has to look at it after you: accept it, or return it."))
    held.state = state
    held.save(update_fields=["state", "step"])
    tell("step_passed", held, by, public={"role": review.role})
    settle([held], by, timezone.now())
    return held


@transaction.atomic
def remark(submission: Submission, remarks: Sequence[Said], *, by: Actor) -> Submission:
    """Note what is wrong; the sender hears of it when it is returned.

    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    held, state = begin(submission, "remark", by=by)
    held.state = state
    made = _note(held, remarks, by)
    held.save(update_fields=["state"])
    tell("remarked", held, by, public={"remarks": len(made)}, private={"remarks": [one.text for one in made]})
    settle([held], by, timezone.now())
    return held


@transaction.atomic
def return_(
    submission: Submission,
    *,
    by: Actor,
    reason: str,
    remarks: Sequence[Said] = (),
    happened_at: datetime | None = None,
) -> Submission:
    """Back to the sender, who must answer each remark before it is sent again; all that is lacking told at once.

    Raises: NotFound, NotAllowed (one's own paper, another's step), WrongState, Invalid (no reason).
    """
    held, state = begin(submission, "return_", by=by, happened_at=happened_at)
    require_step(held, by)
    reason = needed_text("reason", reason, _("say what is lacking, all of it at once"))
    made = _note(held, remarks, by)
    at = happened_at or timezone.now()
    held.state = state
    held.save(update_fields=["state"])
    answered(held, "return_", by=by, at=at, reason=reason)
    tell(
        "returned",
        held,
        by,
        happened_at=happened_at,
        public={"remarks": held_remarks(held), "round": held.round},
        private={"reason": reason, "remarks": [one.text for one in made]},
    )
    tell_sender(held, "returned", by=by, reason=reason)
    settle([held], by, at)
    return held


def held_remarks(held: Submission) -> int:
    return Remark.objects.filter(round__submission=held, round__number=held.round).count()


def _note(held: Submission, remarks: Sequence[Said], by: Actor) -> list[Remark]:
    """Raises: Invalid (empty, too long, too many, no item)."""
    if len(remarks) > MOST_REMARKS:
        raise Invalid(Fault("remarks", _("at most %(most)s") % {"most": MOST_REMARKS}, len(remarks)))
    for one in remarks:
        if one.item and one.item not in papers():
            raise Invalid(Fault("item", _("is no item of a checklist"), one.item))
    written = current_round(held)
    texts = [needed_text("text", one.text, _("say what is wrong")) for one in remarks]
    rows = [
        Remark(round=written, item=one.item, text=text, made_by_id=by.post_id, made_at=timezone.now())
        for one, text in zip(remarks, texts, strict=True)
    ]
    return Remark.objects.bulk_create(rows)
