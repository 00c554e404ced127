"""What may be asked of assignments; always of one actor."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from .models import Answer, Assignment, State, Step
from .states import OPEN

UNANSWERED = Q(state=State.SENT, needs_ack=True)
RECENT = timedelta(days=2)


def assignments(
    actor: Actor, *, about: Iterable[int] = (), state: str = "", since: datetime | None = None
) -> QuerySet[Assignment]:
    """The assignments this actor may see, newest first; with record, about, to and issuer."""
    require(actor, "assignments.read")
    found = Assignment.objects.visible_to(actor).select_related("record", "about", "to__as_unit", "issuer")
    found = found.order_by("-pk")
    if keys := list(about):
        found = found.filter(about__in=keys)
    if state:
        found = found.filter(state__in=state.split())
    if since is not None:
        found = found.filter(issued_at__gte=since)
    return found


def assignment(actor: Actor, key: str | int, *, full: bool = False) -> Assignment:
    """By its key or its number; `full`: with steps and answers. Raises: NotFound, also for what it may not see."""
    text = str(key).replace("\x00", "")
    named = Q(pk=int(text)) if text.isdecimal() and len(text) < 19 else Q(record__number=text)
    found = assignments(actor).filter(named)
    one = next(iter(in_full(found) if full else found), None)
    if one is None:
        raise NotFound(_("There is no such order, or you may not see it."))
    return one


def with_answers(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """One query more however many."""
    return found.prefetch_related(Prefetch("answers", Answer.objects.order_by("pk")))


def in_full(found: QuerySet[Assignment]) -> list[Assignment]:
    """With steps and answers; 3 queries however many."""
    return list(with_answers(found).prefetch_related(Prefetch("steps", Step.objects.order_by("place"))))


def given_to(actor: Actor) -> QuerySet[Assignment]:
    """Those that are to be done by the actor's unit, its teams, or the person."""
    to = Q(to__kind="team", to__unit=actor.unit_id) | Q(to=actor.unit_id)
    if actor.person_id is not None:
        to |= Q(to=actor.person_id)
    return assignments(actor).filter(to, state__in=OPEN)


def given_by(actor: Actor) -> QuerySet[Assignment]:
    """Those that the actor's unit has issued and that are not ended."""
    return assignments(actor).filter(issuer=actor.unit_id)


def in_trouble() -> Q:
    """Nobody answers, or they cannot come: somebody has to do something. What is two days old is a list, not a task."""
    since = timezone.now() - RECENT
    silent = Q(state=State.SENT, escalated_at__gte=since)
    return silent | Q(state=State.DECLINED, answered_at__gte=since)


def standing_orders(receivers: Sequence[int]) -> dict[int, list[Assignment]]:
    """Open assignments by receiver: who is busy, and with what. 1 query."""
    rows = Assignment.objects.filter(to__in=list(receivers), state__in=OPEN).select_related("record", "about")
    found: dict[int, list[Assignment]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.to_id, []).append(row)
    return found


def times_ordered(receivers: Sequence[int], since: datetime) -> dict[int, int]:
    """How often each was ordered out since then, without what was withdrawn or declined. 1 query."""
    rows = Assignment.objects.filter(to__in=list(receivers), issued_at__gte=since)
    counted = rows.exclude(state__in=(State.WITHDRAWN, State.DECLINED)).values("to").annotate(n=Count("pk"))
    return {row["to"]: row["n"] for row in counted}
