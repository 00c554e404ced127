"""What the sender does with what came back: answer each remark, send it again; and withdraw."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.given import text_within
from fenghuo.kernel.messaging.services import cancel_messages

from ..kinds import Enclosed
from ..models import Enclosure, Remark, State, Submission
from ..states import SUBMISSION_STATES
from ..telling import tell_receivers
from . import checking
from .going_up import go_up, ready
from .records import withdraw_sight
from .rounds import Hand
from .verbs import begin, hold, needed_text, settle, tell


@transaction.atomic
def answer_remarks(submission: Submission, answers: Mapping[int, str], *, by: Actor) -> list[Remark]:
    """What was done about each, by key of the remark; it may be said otherwise until it is sent again.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no answer; names `answer_<key>`).
    """
    held, _state = begin(submission, "answer", by=by)
    return _answer(held, answers, by)


def answer_remark(submission: Submission, remark: int, *, by: Actor, text: str) -> Remark:
    """One of them: see answer_remarks."""
    (found,) = answer_remarks(submission, {remark: text}, by=by)
    return found


@transaction.atomic
def resubmit(
    submission: Submission,
    *,
    by: Actor,
    enclosed: Sequence[Enclosed] | None = None,
    answers: Mapping[int, str] | None = None,
    note: str = "",
    hand: Hand | None = None,
    happened_at: datetime | None = None,
) -> Submission:
    """Send it again, corrected. `enclosed` None: what lay in it before, as far as it is still there, and what is new.
    `answers`: to remarks, in the same act. `hand`: it came back on paper and the receiver enters it, remarks without
    an answer as answered by that.

    Raises: NotFound, NotAllowed, WrongState, Invalid (remarks without an answer, each named; something lacks),
    Refused by the room.
    """
    held, state = begin(submission, "resubmit", by=by, happened_at=happened_at, entering=hand is not None)
    note = text_within("note", note)
    if hand is not None:
        _open_remarks(held).update(answer=_("corrected on paper, brought by hand"), answered_at=timezone.now())
    elif answers:
        _answer(held, answers, by)
    _all_answered(held)
    at = happened_at or timezone.now()
    rule = ready(held, timezone.localdate(at), by=by)
    inside = checking.enclosures(held.paper, [rule], enclosed if enclosed is not None else _as_before(held))
    held.state, held.round, held.step, held.sent_at = state, held.round + 1, 0, at
    held.save(update_fields=["state", "round", "step", "sent_at"])
    go_up(held, rule, inside, by=by, at=at, hand=hand, note=note, happened_at=happened_at)
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


def _answer(held: Submission, answers: Mapping[int, str], by: Actor) -> list[Remark]:
    """Raises: Invalid, NotFound."""
    said = {pk: needed_text(answer_field(pk), text, _("say what was done about it")) for pk, text in answers.items()}
    rows = list(Remark.objects.filter(pk__in=said, round__submission=held, round__number=held.round).order_by("pk"))
    if len(rows) < len(said):
        raise NotFound(_("There is no such remark on what was sent last."))
    changed = [row for row in rows if row.answered_at is None or row.answer != said[row.pk]]
    for row in changed:
        row.answer, row.answered_by_id, row.answered_at = said[row.pk], by.post_id, timezone.now()
    if changed:
        Remark.objects.bulk_update(changed, ["answer", "answered_by", "answered_at"])
        tell("remark_answered", held, by, private={"answer": "\n".join(row.answer for row in changed)})
    return rows


def answer_field(remark: int) -> str:
    """The name under which an answer is given and refused."""
    return f"answer_{remark}"


def _all_answered(held: Submission) -> None:
    """Raises: Invalid, which names each remark that has none."""
    left = list(_open_remarks(held).order_by("pk"))
    if left:
        ask = _("say what was done about it")
        said = ngettext(
            "%(n)s remark has no answer yet: say what was done about it, then send it again.",
            "%(n)s remarks have no answer yet: say of each what was done about it, then send it again.",
            len(left),
        )
        raise Invalid(*(Fault(answer_field(one.pk), ask, "") for one in left), message=said % {"n": len(left)})


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
