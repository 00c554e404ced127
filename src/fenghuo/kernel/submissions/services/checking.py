"""May this paper be sent now, and to whom? All that is wrong is said at once, with the way out."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.documents.models import Attachment
from fenghuo.standards.submission_kinds import SubmissionRule, papers

from ..kinds import Enclosed, item_name, name_of, registered, rules
from ..models import State, Submission
from ..receivers import Addressed, receiver_for
from ..states import GOOD, OPEN

MOST_ENCLOSED = 100


class NoReceiver(Invalid):
    """Nobody is there to receive it by some of the kinds; nothing was sent."""


def sender_of(paper: Record) -> Unit:
    if paper.archived_at is not None:
        raise WrongState(_("It is in the archive."))
    if paper.unit is None:
        raise WrongState(_("This paper belongs to no unit that could send it."))
    if paper.unit.valid_to is not None:
        raise WrongState(_("%(unit)s has ended.") % {"unit": paper.unit.name})
    return paper.unit


def rules_for(kinds: Sequence[str], sender: Unit, day: date) -> list[SubmissionRule]:
    """The wordings of that day and place. Raises: Invalid."""
    book, known = rules(), registered()
    if not kinds or len(set(kinds)) < len(kinds):
        raise Invalid(Fault("kinds", _("name each kind once, and at least one"), " ".join(kinds)))
    found = []
    for kind in kinds:
        rule = book.choose(kind, day, sender.region.code) if kind in known else None
        if rule is None:
            raise Invalid(Fault("kinds", _("is no kind of paper that can be sent here now"), kind))
        if sender.kind not in rule.senders:
            said = _("units of the kind “%(unit)s” do not send this kind of paper") % {
                "unit": sender.get_kind_display()
            }
            raise Invalid(Fault("kinds", said, kind))
        found.append(rule)
    return found


def not_sent_yet(paper: Record, sender: Unit, kinds: Sequence[str], *, again: bool) -> None:
    """Raises: Conflict with the number under which it went already."""
    sent = Submission.objects.filter(paper=paper, sender=sender, kind__in=kinds).select_related("record")
    for one in sent.order_by("pk"):
        said = {"kind": name_of(one.kind), "number": one.record.number, "receipt": one.receipt}
        if one.state == State.GAP:
            raise Conflict(_("%(kind)s: it stands there without a receiver, number %(number)s; send that now.") % said)
        if one.state in OPEN:
            raise Conflict(_("%(kind)s: this paper was sent already, number %(number)s.") % said)
        if one.state in GOOD and not again:
            if one.receipt:
                raise Conflict(_("%(kind)s: accepted already, number %(number)s, receipt %(receipt)s.") % said)
            raise Conflict(_("%(kind)s: accepted already, number %(number)s.") % said)


def addresses(
    chosen: Sequence[SubmissionRule], sender: Unit, subject: str, superior: Unit | None, *, partly: bool
) -> Mapping[str, Addressed]:
    """To whom each goes. Raises: NoReceiver, unless some have one and the rest may wait."""
    found = {}
    for rule in chosen:
        given = superior is not None and rule.to == "superior"
        found[rule.id] = Addressed(superior) if given else receiver_for(rule, sender, subject)
    nobody = {kind: to for kind, to in found.items() if to.unit is None}
    if nobody and (not partly or len(nobody) == len(found)):
        raise NoReceiver(*(Fault("receiver", to.why, name_of(kind)) for kind, to in nobody.items()))
    return found


def enclosures(
    paper: Record, chosen: Sequence[SubmissionRule], given: Sequence[Enclosed] | None
) -> list[tuple[str, int | None]]:
    """What lies in it, as (item, attachment). Raises: Invalid (what is lacking, a file that is not the paper's)."""
    files = set(Attachment.objects.filter(record=paper, removed_at=None).values_list("pk", flat=True))
    if given is None:
        proposed = [one for rule in chosen for one in registered()[rule.id].enclosed(paper)]
        taken = {one.attachment for one in proposed}
        given = [*proposed, *(Enclosed("", pk) for pk in sorted(files) if pk not in taken)]
    inside = list(dict.fromkeys((one.item, one.attachment) for one in given))
    faults = [
        Fault("enclosed", _("is no file of this paper"), pk)
        for _item, pk in inside
        if pk is not None and pk not in files
    ]
    faults += [
        Fault("enclosed", _("is no item of a checklist"), item) for item, _pk in inside if item and item not in papers()
    ]
    if len(inside) > MOST_ENCLOSED:
        faults.append(Fault("enclosed", _("at most %(most)s") % {"most": MOST_ENCLOSED}, len(inside)))
    there = {item for item, _pk in inside}
    lacking = dict.fromkeys(item for rule in chosen for item in rule.needed if item not in there)
    if lacking:
        named = "、".join(item_name(item) for item in lacking)
        said = _("lacks: %(items)s. Attach it, or say that it lies there on paper.") % {"items": named}
        faults.append(Fault("enclosed", said, " ".join(lacking)))
    if faults:
        raise Invalid(*faults)
    return inside
