from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.selectors import RUNNING, rule_said, running_for, shown
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.web.today import Item, Start, add, add_start

from .models import Report
from .selectors import open_incidents, quarantined, waiting
from .services.drafts import drafts_of
from .words import kind_name, level_name

add_start(Start(gettext_lazy("Take a call"), "incidents:new", "n", "reports.receive"))

FIRST_REPORT = "report-phone"
MOST = 20  # more than this is a list, not a task


@add
def reports_waiting(actor: Actor) -> list[Item]:
    """Reports nobody has decided on, for those who may decide, by the clock that runs from the call."""
    if not actor.may("reports.settle"):
        return []
    running = Clock.objects.filter(RUNNING, record=OuterRef("pk"), rule=FIRST_REPORT).values("due_at")
    found = waiting(actor).annotate(due_at=Subquery(running[:1])).order_by("pk")[:MOST]
    what, basis = rule_said(FIRST_REPORT)
    return [
        Item(
            title=report.text[:60],
            note=" · ".join(part for part in _said(report, basis) if part),
            url=reverse("incidents:report", args=[report.pk]),
            button=_("Open"),
            due_at=report.due_at,
            due_word=what if report.due_at else "",
            since=report.received_at,
            source=_where(report.record),
        )
        for report in found
    ]


def _said(report: Report, basis: str) -> tuple[str, ...]:
    return report.record.number, str(report.get_source_display()), kind_name(report.kind), basis


@add
def duties(actor: Actor) -> list[Item]:
    """What the unit's incidents still owe to others, by their clocks."""
    if not actor.may("incidents.write"):
        return []
    rows = running_for(actor).filter(record__kind="incident").select_related("record__region")[:MOST]
    return [
        Item(
            title=f"{one.what} → {one.receiver}",
            note=f"{clock.record.title} {clock.record.number} · {one.basis}",
            url=reverse("incidents:incident", args=[clock.record.number]),
            button=_("Told"),
            due_at=clock.due_at,
            due_word=_("left") if clock.due_at > timezone.now() else "",
            source=_where(clock.record),
        )
        for clock in rows
        for one in [shown(clock)]
    ]


@add
def levels_to_confirm(actor: Actor) -> list[Item]:
    if not actor.may("incidents.write"):
        return []
    unconfirmed = open_incidents(actor).filter(record__unit=actor.unit_id, graded_at__isnull=True)
    return [
        Item(
            title=_("Confirm the level: %(title)s") % {"title": incident.record.title},
            note=" · ".join(part for part in (incident.record.number, level_name(incident.proposed_level)) if part),
            url=reverse("incidents:incident", args=[incident.record.number]),
            button=_("Open"),
            since=incident.opened_at,
            source=_where(incident.record),
        )
        for incident in unconfirmed[:MOST]
    ]


@add
def drafts(actor: Actor) -> list[Item]:
    return [
        Item(
            title=_("Call begun and not on record: %(text)s") % {"text": draft.content.get("text", "")[:40] or "…"},
            note="",
            url=f"{reverse('incidents:new')}?draft={draft.key}",
            button=_("Go on"),
            since=draft.begun_at,
        )
        for draft in drafts_of(actor)[:MOST]
    ]


@add
def unreadable(actor: Actor) -> list[Item]:
    if not actor.may("quarantine.settle"):
        return []
    count = quarantined(actor).count()
    if not count:
        return []
    return [
        Item(
            title=_("%(count)s messages from platforms could not be read") % {"count": count},
            note=_("Ring the sender back: there may be a call in them."),
            url=reverse("incidents:quarantine"),
            button=_("Look"),
        )
    ]


def _where(record: Record) -> str:
    return spoken(record.region.name) if record.region else ""
