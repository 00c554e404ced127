"""Rounds and visits as far as an actor may see them."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from ..models import CheckItem, CheckRound, Finding, FindingState, ItemState, RoundState

BEGUN = (RoundState.UNDER_WAY, RoundState.CLOSED)
OPEN = (FindingState.ISSUED, FindingState.SENT_BACK)


def rounds(actor: Actor) -> QuerySet[CheckRound]:
    """The newest first, with how many were drawn (`drawn`) and checked (`checked`)."""
    require(actor, "plan_checks.read")
    found = CheckRound.objects.visible_to(actor).select_related("record__unit", "record__region")
    counted = found.annotate(drawn=Count("items"), checked=Count("items", filter=Q(items__state=ItemState.CHECKED)))
    return counted.order_by("-from_day", "-pk")


def round_by(actor: Actor, number: str) -> CheckRound:
    """Raises: NotFound, also for what may not be seen."""
    require(actor, "plan_checks.read")
    found = CheckRound.objects.visible_to(actor).select_related("record__unit__region", "record__region")
    one = found.filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such check, or you may not see it."))
    return one


def items(actor: Actor) -> QuerySet[CheckItem]:
    """Units drawn. Until a round has begun only its organiser sees them: a visit is not announced by the program."""
    require(actor, "plan_checks.read")
    found = CheckItem.objects.visible_to(actor)
    if not actor.is_system:
        found = found.filter(Q(round__state__in=BEGUN) | Q(round__record__unit=actor.unit_id))
    joined = found.select_related("record__unit__region", "record__unit__record", "round__record", "checker", "town")
    return joined.order_by("record__number")


def item_by(actor: Actor, number: str) -> CheckItem:
    """Raises: NotFound, also for what may not be seen."""
    one = items(actor).filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such check, or you may not see it."))
    return one


def finding_of(item: CheckItem, pk: int) -> Finding:
    """Raises: NotFound."""
    one = Finding.objects.select_related("item__record__unit__region", "item__round__record").filter(item=item, pk=pk)
    found = one.first()
    if found is None:
        raise NotFound(_("There is no such check, or you may not see it."))
    return found


def open_findings(actor: Actor) -> QuerySet[Finding]:
    """What the actor's own unit has to put right."""
    mine = Finding.objects.filter(item__record__unit=actor.unit_id)
    return mine.filter(state__in=OPEN).order_by("due_on", "pk")


def findings(actor: Actor, number: str, *, state: str = "", late: bool = False) -> QuerySet[Finding]:
    """Of a round, as far as the actor sees its units. `late`: only those whose day has passed. Raises: NotFound."""
    seen = items(actor).filter(round=round_by(actor, number)).order_by().values("pk")
    found = Finding.objects.filter(item__in=seen).select_related("item__record__unit")
    if state:
        found = found.filter(state=state)
    return found.filter(state__in=OPEN, due_on__lt=timezone.localdate()) if late else found


def is_late(one: Finding) -> bool:
    return one.state in OPEN and one.due_on < timezone.localdate()
