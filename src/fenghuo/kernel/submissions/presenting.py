"""A submission as its page shows it: the way it takes, the checklist, and each round with what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.rights import Role
from fenghuo.standards.submission_kinds import papers

from . import sides
from .kinds import item_name, rules
from .models import Enclosure, Remark, Review, Round, State, Submission
from .receivers import receiver_for
from .reviewers import reviewers
from .states import GOOD, SENDERS_VERBS, SUBMISSION_STATES, WITH_RECEIVER


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the way. `look`: done, now, ahead, wrong."""

    word: str
    who: str
    look: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist in one round."""

    slug: str
    word: str
    needed: bool
    cited: str
    inside: Sequence[Enclosure]
    remarks: Sequence[Remark]


def rounds_of(one: Submission) -> list[Round]:
    """Newest first, with enclosures, remarks and reviews; 4 queries."""
    inside = Enclosure.objects.select_related("attachment__content")
    found = one.rounds.select_related("sent_by__unit", "answered_by__unit").prefetch_related(
        Prefetch("enclosures", inside), "remarks", Prefetch("reviews", Review.objects.select_related("done_by"))
    )
    return list(found.order_by("-number"))


def stages(one: Submission, last: Round) -> list[Stage]:
    """From sending to the receipt, as the last round goes. 1 query when the kind has steps."""
    made = [Stage(_("Sent up"), one.sender.name, "done", one.sent_at)]
    if one.state == State.GAP:
        return [Stage(_("Not sent"), one.sender.name, "wrong", note=_why_nobody(one))]
    reviews = list(last.reviews.all())
    who = reviewers(one.receiver, [row.role for row in reviews], timezone.localdate()) if one.receiver else {}
    for row in reviews:
        reviewer = who.get(row.role)
        names = "、".join(post.person.name for post in reviewer.holders) if reviewer else ""
        look = "done" if row.done_at else "now" if row.place == one.step and one.state in WITH_RECEIVER else "ahead"
        note = ""
        if reviewer is not None and reviewer.instead and row.done_at is None:
            note = _("nobody holds this post now: the head of the unit does it")
            if reviewer.instead == "anyone":
                note = _("nobody holds this post now, nor is there a head: anyone there may do it")
        made.append(
            Stage(str(Role(row.role).label) if row.role in Role.values else row.role, names, look, row.done_at, note)
        )
    return [*made, _end(one, last, bool(reviews))]


def _why_nobody(one: Submission) -> str:
    """Why it has no receiver, and who can put that right; or that it can be sent now."""
    rule = rules().get(one.kind)
    to = receiver_for(rule, one.sender, one.subject) if rule is not None else None
    if to is None or to.unit is None:
        return str(to.why) if to is not None else _("nobody to send it to yet")
    return _("It can be sent now, to %(unit)s.") % {"unit": to.unit.name}


def _end(one: Submission, last: Round, stepped: bool) -> Stage:
    to = one.receiver.name if one.receiver is not None else ""
    if one.state in GOOD:
        return Stage(str(State(one.state).label), to, "done", one.settled_at, one.receipt)
    if one.state in (State.RETURNED, State.WITHDRAWN):
        return Stage(str(State(one.state).label), to, "wrong", last.answered_at or one.settled_at)
    if one.state == State.FORWARDED:
        return Stage(str(State(one.state).label), to, "now", last.answered_at)
    return Stage(_("Answer"), to, "ahead" if stepped else "now", note=str(State(one.state).label))


def checklist(one: Submission, last: Round) -> list[Item]:
    """What the kind asks for, then what else lies in it."""
    rule = rules().choose(one.kind, timezone.localdate(one.sent_at), one.sender.region.code) or rules().get(one.kind)
    asked = rule.papers if rule is not None else ()
    needed = rule.needed if rule is not None else ()
    by_law = rule is not None and rule.certainty != "?"  # what a county asks for is no law
    inside, remarks = list(last.enclosures.all()), list(last.remarks.all())
    slugs = dict.fromkeys([*asked, *(row.item for row in inside), *(row.item for row in remarks)])
    return [
        Item(
            slug=slug,
            word=item_name(slug) if slug else _("Other files"),
            needed=slug in needed,
            cited=papers()[slug].cited if slug in papers() and by_law else "",
            inside=[row for row in inside if row.item == slug],
            remarks=[row for row in remarks if row.item == slug],
        )
        for slug in slugs
        if slug or any(row.item == "" for row in inside)
    ]


def verbs_for(by: Actor, one: Submission, why: str) -> list[str]:
    """What this actor can do with it now, in the order of the table. `why`: of why_not."""
    found = []
    rule = rules().get(one.kind)
    sends = by.may("submissions.file") and sides.is_sender(by, one)
    decides = by.may("submissions.review") and sides.is_receiver(by, one)
    for verb in SUBMISSION_STATES.verbs(one.state):
        if verb in ("deem", "accepted_above", "taken_back", "answer"):
            continue  # these follow by themselves, or stand beside each remark
        if (verb == "forward" and not (rule and rule.forward)) or (verb == "pass_step" and not (rule and rule.steps)):
            continue
        if sends if verb in SENDERS_VERBS else decides and (verb == "forward" or not why):
            found.append(verb)
    if one.state == State.RETURNED and by.unit_id == one.receiver_id and by.may("submissions.review"):
        found.append("resubmit_by_hand")
    return found


def why_not(by: Actor, one: Submission) -> str:
    """Why somebody of the receiver cannot decide upon it though it lies there, or ""."""
    if one.state not in WITH_RECEIVER or not sides.is_receiver(by, one) or not by.may("submissions.review"):
        return ""
    return sides.own_paper(by, one)
