"""Which submissions there are, as far as an actor may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.clocks.models import Clock

from ..models import Enclosure, Submission
from ..states import GOOD, WITH_RECEIVER, WITH_SENDER

# What a list may be narrowed to: by whom something is to be done, else how it ended.
GROUPS: dict[str, Sequence[str]] = {
    "waiting": WITH_RECEIVER,
    "correcting": WITH_SENDER,
    "accepted": GOOD,
    "forwarded": ("forwarded",),
    "withdrawn": ("withdrawn",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for; "" is no condition."""

    group: str = ""
    kind: str = ""
    words: str = ""

    def narrow(self, found: QuerySet[Submission]) -> QuerySet[Submission]:
        """The words are asked of units and of the submissions' own numbers, each by its index, not of all rows."""
        if self.group in GROUPS:
            found = found.filter(state__in=GROUPS[self.group])
        if self.kind:
            found = found.filter(kind=self.kind)
        if words := self.words.replace("\x00", "").strip()[:100]:
            units = Unit.objects.filter(Q(name__contains=words) | Q(short_name__contains=words)).values("pk")
            found = found.filter(
                Q(sender__in=units) | Q(record__number=words) | Q(receipt=words) | Q(record__title__contains=words)
            )
        return found


def submissions(actor: Actor, *, papers: Iterable[int] | None = None) -> QuerySet[Submission]:
    """Those that this actor may see, newest first; with record, sender and receiver."""
    require(actor, "submissions.read")
    found = Submission.objects.visible_to(actor).select_related("record", "sender", "receiver")
    if papers is not None:
        found = found.filter(paper__in=list(papers))
    return found.order_by("-pk")


def inbox(actor: Actor) -> QuerySet[Submission]:
    """What was sent to the actor's unit. Its own unit is what it sees: no other condition is needed."""
    require(actor, "submissions.read")
    return _with_units(Submission.objects.filter(receiver=actor.unit_id, receiver__isnull=False))


def outbox(actor: Actor) -> QuerySet[Submission]:
    """What the actor's unit has sent, gaps included."""
    require(actor, "submissions.read")
    return _with_units(Submission.objects.filter(sender=actor.unit_id, sender__isnull=False))


def submission(actor: Actor, key: str | int) -> Submission:
    """By its key or its number. Raises: NotFound, also for what it may not see."""
    text = str(key).replace("\x00", "")
    named = Q(pk=int(text)) if text.isdecimal() and len(text) < 19 else Q(record__number=text)
    found = submissions(actor).select_related("record", "paper", "sender__region", "receiver__region")
    one = found.filter(named, record__kind="submission").first()
    if one is None:
        raise NotFound(_("There is no such submission, or you may not see it."))
    return one


def enclosure(actor: Actor, pk: int) -> Enclosure:
    """A file that lay in a submission, also when it was taken off its paper since. Raises: NotFound."""
    seen = submissions(actor).values("pk")
    found = Enclosure.objects.filter(pk=pk, round__submission__in=seen, attachment__isnull=False)
    one = found.select_related("attachment__content", "attachment__record").first()
    if one is None:
        raise NotFound(_("There is no such file, or you may not see it."))
    return one


def running_clocks(found: Iterable[Submission]) -> Mapping[int, Clock]:
    """The clock that runs for each of these, the one that is due first. 1 query."""
    keys = [one.pk for one in found]
    running = Clock.objects.filter(record__in=keys, met_at=None, ended_at=None, window=False).order_by("-due_at")
    return {clock.record_id: clock for clock in running}


def _with_units(found: Any) -> QuerySet[Submission]:
    ordered: QuerySet[Submission] = found.select_related("record", "sender", "receiver").order_by("-sent_at", "-pk")
    return ordered
