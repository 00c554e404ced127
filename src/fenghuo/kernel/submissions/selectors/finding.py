from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from ..models import Submission


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
    return _with_units(Submission.objects.filter(sender=actor.unit_id))


def submission(actor: Actor, key: str | int) -> Submission:
    """By its key or its number. Raises: NotFound, also for what it may not see."""
    text = str(key).replace("\x00", "")
    named = Q(pk=int(text)) if text.isdecimal() and len(text) < 19 else Q(record__number=text)
    found = submissions(actor).select_related("record", "paper", "sender__region", "receiver__region")
    one = found.filter(named, record__kind="submission").first()
    if one is None:
        raise NotFound(_("There is no such submission, or you may not see it."))
    return one


def _with_units(found: QuerySet[Submission]) -> QuerySet[Submission]:
    return found.select_related("record", "sender", "receiver").order_by("-sent_at", "-pk")
