"""What the sender does with what came back: answer each remark, send it again; and withdraw."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, WrongState
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.messaging.services import cancel_messages

from ..kinds import Enclosed, registered
from ..models import Enclosure, Remark, State, Submission, Way
from ..states import SUBMISSION_STATES
from ..telling import tell_receivers
from . import checking
from .records import withdraw_sight
from .rounds import Hand, open_round
from .verbs import begin, hold, needed_text, settle, tell


@transaction.atomic
def answer_remark(submission: Submission, remark: int, *, by: Actor, text: str) -> Remark:
    """What was done about it; it may be said otherwise until it is sent again.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no answer).
    """
    held, _state = begin(submission, "answer", by=by)
    text = needed_text("answer", text, _("say what was done about it"))
    found = Remark.objects.filter(pk=remark, round__submission=held, round__number=held.round).first()
    if found is None:
        raise NotFound(_("There is no such remark on what was sent last."))
    found.answer, found.answered_by_id, found.answered_at = text, by.post_id, timezone.now()
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    tell("remark_answered", held, by, private={"answer": text})
    return found


@transaction.atomic
def resubmit(
    submission: Submission,
    *,
    by: Actor,
    enclosed: Sequence[Enclosed] | None = None,
    note: str = "",
    hand: Hand | None = None,
    happened_at: datetime | None = None,
) -> Submission:
    """Send it again, corrected. `enclosed` None: what lay in it before, as far as it is still there, and what is new.
    `hand`: it came back on paper and the receiver enters it, remarks without an answer as answered by that.

    Raises: NotFound, NotAllowed, WrongState, Invalid (remarks without an answer, something lacks), Refused by the room.
    """
    held, state = begin(submission, "resubmit", by=by, happened_at=happened_at, entering=hand is not None)
    note = text_within("note", note)
    brought_by = text_within("brought_by", hand.brought_by, 120) if hand is not None else ""
    if hand is not None:
        _open_remarks(held).update(answer=_("corrected on paper, brought by hand"), answered_at=timezone.now())
    _all_answered(held)
    kind = registered().get(held.kind)
    if kind is None:
        raise WrongState(_("No room stands behind this kind of paper any more."))
    kind.check(held.paper, by)
    at = happened_at or timezone.now()
    (rule,) = checking.rules_for([held.kind], held.sender, timezone.localdate(at))
    inside = checking.enclosures(held.paper, [rule], enclosed if enclosed is not None else _as_before(held))
    held.state, held.round, held.step, held.sent_at = state, held.round + 1, 0, at
    held.save(update_fields=["state", "round", "step", "sent_at"])
    way = Way.HAND if hand is not None else Way.MACHINE if by.is_machine else Way.PAGE
    open_round(held, rule, inside, by=by, at=at, way=way, brought_by=brought_by, note=note)
    said = {"round": held.round, "way": way}
    tell("sent", held, by, happened_at=happened_at, public=said, private={"name": brought_by})
    tell_receivers([held], by=by)
    settle([held], by, at)
    return held


@transaction.atomic
def withdraw(submission: Submission, *, by: Actor, reason: str, happened_at: datetime | None = None) -> Submission:
    """The sender takes it back; the receiver no longer sees the paper, but that it was there.

    Raises: NotFound, NotAllowed, WrongState (accepted already, passed on), Invalid (no reason).
    """
    held, state = begin(submission, "withdraw", by=by, happened_at=happened_at)
    reason = needed_text("reason", reason, _("say why"))
    at, was = happened_at or timezone.now(), held.state
    held.state, held.settled_at = state, at
    held.save(update_fields=["state", "settled_at"])
    cancel_messages(held, by=by)
    withdraw_sight(held)
    tell("withdrawn", held, by, happened_at=happened_at, private={"reason": reason})
    if was != State.GAP:
        tell_receivers([held], by=by, withdrawn=True)
    changed = [held]
    if held.forwarded_from_id is not None:
        changed.append(_back_below(held.forwarded_from_id))
    settle(changed, by, at)
    return held


def _back_below(pk: int) -> Submission:
    """What was passed on lies with whoever passed it on again."""
    below = hold(pk)
    below.state = SUBMISSION_STATES.check(below.state, "taken_back")
    below.save(update_fields=["state"])
    tell("taken_back", below, SYSTEM)
    return below


def _all_answered(held: Submission) -> None:
    open_ones = _open_remarks(held).count()
    if open_ones:
        said = ngettext(
            "%(n)s remark has no answer yet: say what was done about it, then send it again.",
            "%(n)s remarks have no answer yet: say of each what was done about it, then send it again.",
            open_ones,
        )
        raise Invalid(message=said % {"n": open_ones})


def _open_remarks(held: Submission) -> QuerySet[Remark]:
    last = held.rounds.filter(number=held.round).values("pk")
    return Remark.objects.filter(round__in=last, answered_at=None)


def _as_before(held: Submission) -> list[Enclosed]:
    before = Enclosure.objects.filter(round__submission=held, round__number=held.round).select_related("attachment")
    kept = [
        Enclosed(one.item, one.attachment_id)
        for one in before
        if one.attachment is None or one.attachment.removed_at is None
    ]
    known = [one.attachment_id for one in before if one.attachment_id is not None]
    files = held.paper.attachments.filter(removed_at=None).exclude(pk__in=known)
    return [*kept, *(Enclosed("", pk) for pk in files.values_list("pk", flat=True))]
