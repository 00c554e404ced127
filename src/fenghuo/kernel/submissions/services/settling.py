"""How a course ends: accepted with a receipt, taken as accepted by silence; or passed on to the next level."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.access.given import not_ahead, text_within
from fenghuo.standards.submission_kinds import SubmissionRule

from ..kinds import rules
from ..models import Enclosure, Submission, Way
from ..receipts import receipt_number, store_code
from ..sides import lies_outside
from ..states import SUBMISSION_STATES
from ..telling import tell_receivers, tell_sender, tell_senders
from . import checking
from .records import make
from .rounds import open_round
from .steps import require_last, require_step, take_step
from .verbs import answered, begin, hold, settle, tell


@transaction.atomic
def accept(
    submission: Submission, *, by: Actor, note: str = "", receipt: str = "", happened_at: datetime | None = None
) -> Submission:
    """The receiver accepts it and gives a receipt. `receipt`: the number that an authority outside gave.

    Raises: NotFound, NotAllowed (one's own paper, another's step), WrongState (withdrawn, others come first), Conflict.
    """
    changed = accept_quietly(submission, by=by, note=note, receipt=receipt, happened_at=happened_at)
    tell_senders(changed, "accepted", by=by)
    return changed[0]


def accept_quietly(
    submission: Submission, *, by: Actor, note: str = "", receipt: str = "", happened_at: datetime | None = None
) -> list[Submission]:
    """As accept, inside the caller's transaction, which tells the senders: it, then what was passed on to be it."""
    held, state = begin(submission, "accept", by=by, happened_at=happened_at)
    review = require_step(held, by)
    require_last(held, review)
    take_step(held, review, by)
    note = text_within("note", note)
    at = happened_at or timezone.now()
    held.receipt = _given(receipt) if lies_outside(held) else receipt_number(held, rule_of(held), at)
    _end(held, state, "accept", by=by, at=at, note=note)
    tell("accepted", held, by, happened_at=happened_at, public={"receipt": held.receipt}, private={"note": note})
    changed = [held, *_below(held, at)]
    settle(changed, by, at)
    return changed


@transaction.atomic
def deem(submission: Submission, *, at: datetime) -> Submission:
    """The receiver's time has run out without an answer, and the law takes that as acceptance. For the tick.

    Raises: WrongState (answered meanwhile).
    """
    held = hold(submission.pk)
    state = SUBMISSION_STATES.check(held.state, "deem")
    rule = rule_of(held)
    if not rule.silence:
        raise WrongState(_("Silence is no acceptance for this kind of paper."))
    _end(held, state, "deem", by=SYSTEM, at=at)
    tell("deemed", held, SYSTEM, happened_at=at, public={"rule": rule.silence})
    tell_sender(held, "deemed", by=SYSTEM)
    tell_receivers([held], by=SYSTEM, deemed=True)
    below = _below(held, at)
    tell_senders(below, "accepted", by=SYSTEM)
    settle([held, *below], SYSTEM, at)
    return held


@transaction.atomic
def forward(submission: Submission, *, by: Actor, note: str = "", happened_at: datetime | None = None) -> Submission:
    """The receiver passes it on to the next level, as the kind says; the new submission, whose sender it is.

    Raises: NotFound, NotAllowed, WrongState (the kind ends here), Conflict, NoReceiver.
    """
    not_ahead("happened_at", happened_at)
    held, state = begin(submission, "forward", by=by, happened_at=happened_at)
    require_step(held, by)
    rule, note = rule_of(held), text_within("note", note)
    if not rule.forward or held.receiver is None:
        raise WrongState(_("This kind of paper goes no further than here."))
    at = happened_at or timezone.now()
    (above,) = checking.rules_for([rule.forward], held.receiver, timezone.localdate(at))
    checking.not_sent_yet(held.paper, held.receiver, [above.id], again=True)
    to = checking.addresses([above], held.receiver, held.subject, None, partly=False)[above.id]
    held.state = state
    held.save(update_fields=["state"])
    answered(held, "forward", by=by, at=at, reason=note)
    made = make(held.paper, above.id, held.receiver, to, by=by, act=held.act, at=at, forwarded_from=held)
    inside = Enclosure.objects.filter(round__submission=held, round__number=held.round)
    open_round(made, above, list(inside.values_list("item", "attachment_id")), by=by, at=at, way=Way.PAGE, note=note)
    tell("forwarded", held, by, happened_at=happened_at, public={"above": made.record.number})
    tell("sent", made, by, happened_at=happened_at, public={"round": 1, "way": Way.PAGE})
    tell_receivers([made], by=by)
    tell_sender(held, "forwarded", by=by)
    settle([made], by, at)
    return made


def rule_of(held: Submission) -> SubmissionRule:
    """The wording of the day on which it was sent last. Raises: WrongState when there is none any more."""
    book = rules()
    code = held.sender.region.code
    rule = book.choose(held.kind, timezone.localdate(held.sent_at), code) or book.get(held.kind)
    if rule is None:
        raise WrongState(_("This kind of paper is not known here any more."))
    return rule


def _given(receipt: str) -> str:
    """Raises: Invalid, Conflict."""
    number = receipt.strip()
    if len(number) > 64:
        raise Invalid(Fault("receipt", _("must be at most %(most)s characters long") % {"most": 64}, number[:100]))
    if number and (other := Submission.objects.filter(receipt=number).select_related("record").first()) is not None:
        raise Conflict(
            _("Receipt %(receipt)s belongs to %(number)s.") % {"receipt": number, "number": other.record.number}
        )
    return number


def _end(held: Submission, state: str, verdict: str, *, by: Actor, at: datetime, note: str = "") -> None:
    held.state, held.settled_at = state, at
    held.save(update_fields=["state", "settled_at", "receipt", "step"])
    answered(held, verdict, by=by, at=at, reason=note)
    store_code(held)


def _below(held: Submission, at: datetime) -> list[Submission]:
    """What was passed on is accepted with what it became."""
    found, pk = [], held.forwarded_from_id
    while pk is not None:
        below = hold(pk)
        below.state = SUBMISSION_STATES.check(below.state, "accepted_above")
        below.settled_at = at
        below.save(update_fields=["state", "settled_at"])
        store_code(below)
        tell("accepted_above", below, SYSTEM, public={"above": held.record.number, "receipt": held.receipt})
        found.append(below)
        pk = below.forwarded_from_id
    return found
