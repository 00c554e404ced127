"""What may be asked of reports; always of one actor."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require

from ..models import FIGURES, Quarantined, Report, ReportState


def reports(
    actor: Actor, *, state: str = "", source: str = "", text: str = "", since: datetime | None = None
) -> QuerySet[Report]:
    """The reports this actor may see, newest first."""
    require(actor, "reports.read")
    found = Report.objects.visible_to(actor).select_related("record__region", "sender").order_by("-pk")
    if state:
        found = found.filter(state=state)
    if source:
        found = found.filter(source=source)
    if since is not None:
        found = found.filter(recorded_at__gte=since)
    if words := text.strip():
        found = found.filter(
            Q(record__number__icontains=words)
            | Q(source_id__icontains=words)
            | Q(text__icontains=words)
            | Q(address__icontains=words)
            | Q(caller_phone__contains=words)
        )
    return found


def report(actor: Actor, pk: int) -> Report:
    """One report. Raises: NotFound, also for what the actor may not see."""
    require(actor, "reports.read")
    found = Report.objects.visible_to(actor).select_related("record__region", "sender")
    try:
        return found.get(pk=pk)
    except (Report.DoesNotExist, OverflowError):
        raise NotFound(_("There is no such report, or you may not see it.")) from None


def waiting(actor: Actor) -> QuerySet[Report]:
    """Reports that nobody has decided on yet."""
    return reports(actor, state=ReportState.NEW)


def all_figures(said: dict[str, int]) -> dict[str, int | None]:
    """All seven figures; null is unknown."""
    return {name: said.get(name) for name in FIGURES}


def quarantined_message(actor: Actor, pk: int) -> Quarantined:
    """One of them, settled or not. Raises: NotFound, NotAllowed."""
    require(actor, "quarantine.settle")
    found = Quarantined.objects.visible_to(actor).select_related("record", "token__unit").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    return found


def quarantined(actor: Actor, *, settled: bool = False) -> QuerySet[Quarantined]:
    """Messages that could not be read, newest first. Raises: NotAllowed."""
    require(actor, "quarantine.settle")
    found = Quarantined.objects.visible_to(actor).select_related("record", "token__unit")
    return found.filter(settled_at__isnull=not settled).order_by("-pk")
