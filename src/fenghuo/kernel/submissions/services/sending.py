"""submit: a paper goes up, to all its receivers in one act. And sending what had nobody to go to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.given import not_ahead, text_within
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Unit

from ..kinds import Enclosed, registered
from ..models import State, Submission, Way
from ..receivers import receiver_for
from ..telling import tell_receivers
from . import checking
from .going_up import go_up, ready
from .records import give_sight, make
from .rounds import Hand
from .verbs import begin, settle, tell


@transaction.atomic
def submit(
    paper: models.Model,
    kinds: Sequence[str],
    *,
    by: Actor,
    enclosed: Sequence[Enclosed] | None = None,
    subject: str = "",
    partly: bool = False,
    again: bool = False,
    hand: Hand | None = None,
    note: str = "",
    superior: Unit | None = None,
    happened_at: datetime | None = None,
) -> list[Submission]:
    """Send a paper by each of these kinds, one course each, all or nothing; the sender is the paper's unit.

    `enclosed`: which of the paper's files lie in it, None for all it has. `subject`: the line by which it goes to a
    supervising department, where the kind names none. `partly`: what has no receiver yet stays as a visible gap and
    the rest goes. `again`: a paper that was accepted before and has been revised. `hand`: it came on paper, and the
    receiver enters it, with `happened_at`. `superior`: which authority above, for kinds that go beyond the county.
    Raises: NotFound, NotAllowed, WrongState, Conflict (sent already: names the number), Invalid, NoReceiver.
    """
    require(by, "submissions.file" if hand is None else "submissions.review", paper)
    not_ahead("happened_at", happened_at)
    note, now = text_within("note", note), timezone.now()
    held = Record.objects.select_for_update(of=("self",)).select_related("unit__region", "region").get(pk=paper.pk)
    sender = checking.sender_of(held)
    if hand is None and not (by.is_system or by.unit_id == sender.pk):
        raise NotAllowed(_("Only %(unit)s itself sends its papers.") % {"unit": sender.name})
    chosen = checking.rules_for(kinds, sender, timezone.localdate(happened_at or now))
    checking.not_sent_yet(held, sender, kinds, again=again)
    for kind in kinds:
        registered()[kind].check(held, by)
    inside = checking.enclosures(held, chosen, enclosed)
    addressed = checking.addresses(chosen, sender, subject, superior, partly=partly)
    act, at, made = uuid4().hex, happened_at or now, []
    for rule in chosen:
        to = addressed[rule.id]
        if hand is not None and to.unit is not None and to.unit.pk != by.unit_id and not by.is_system:
            raise NotAllowed(
                _("This paper goes to %(unit)s; only it can enter that it was brought.") % {"unit": to.unit.name}
            )
        one = make(held, rule.id, sender, to, by=by, act=act, at=at)
        if one.state == State.GAP:
            tell("gap_left", one, by, public={"subject": one.subject})
        go_up(one, rule, inside, by=by, at=at, hand=hand, note=note, happened_at=happened_at)
        made.append(one)
    tell_receivers([one for one in made if one.state != State.GAP], by=by)
    settle(made, by, at)
    return made


@transaction.atomic
def send(submission: Submission, *, by: Actor, happened_at: datetime | None = None) -> Submission:
    """A gap is closed: somebody supervises the sender in this now, and the paper goes there.

    Raises: NotFound, NotAllowed, WrongState, NoReceiver (still nobody), Refused by the room.
    """
    held, state = begin(submission, "send", by=by, happened_at=happened_at)
    at = happened_at or timezone.now()
    rule = ready(held, timezone.localdate(at), by=by)
    to = checking.addresses([rule], held.sender, held.subject, None, partly=False)[rule.id]
    held.receiver, held.subject, held.state, held.sent_at = to.unit, to.subject, state, at
    held.save(update_fields=["receiver", "subject", "state", "sent_at"])
    held.rounds.filter(number=held.round).update(sent_at=at, sent_by=by.post_id)
    Record.objects.filter(pk=held.pk).update(unit=to.unit)
    give_sight(held)
    tell("sent", held, by, happened_at=happened_at, public={"round": held.round, "way": Way.PAGE})
    tell_receivers([held], by=by)
    settle([held], by, at)
    return held


def preview(paper: Record, kinds: Sequence[str], subject: str = "") -> Mapping[str, str]:
    """To whom each kind would go, by name, or why to nobody: for the form. `paper` with unit and its region."""
    sender = checking.sender_of(paper)
    found = {}
    for rule in checking.rules_for(kinds, sender, timezone.localdate()):
        to = receiver_for(rule, sender, subject)
        found[rule.id] = to.unit.name if to.unit is not None else str(to.why)
    return found
