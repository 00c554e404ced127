from django.db.models import F, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.selectors import RUNNING, basis, duty_said, rule_said, running_for
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.web.today import Item, Rows, Start, Told, add, add_start, count_of, rows

from .models import Source
from .selectors import open_incidents, quarantined, waiting
from .services.drafts import drafts_of
from .words import kind_name, level_name

add_start(Start(gettext_lazy("Take a call"), "incidents:new", "n", "reports.receive"))

FIRST_REPORT = "report-phone"


def _report(told: Told) -> Item:
    what, law = rule_said(FIRST_REPORT)
    said = told.said
    note = (said["number"], str(Source(said["source"]).label), kind_name(said["kind"]), law)
    return Item(
        title=said["text"],
        note=" · ".join(part for part in note if part),
        url=reverse("incidents:report", args=[said["pk"]]),
        button=_("Open"),
        due_at=told.due_at,
        due_word=what if told.due_at else "",
        since=told.since,
        source=spoken(said["region"] or ""),
        exercise=bool(said["exercise"]),
    )


@add("reports", _report)
def reports_waiting(actor: Actor) -> Rows | None:
    """Reports nobody has decided on, for those who may decide, by the clock that runs from the call."""
    if not actor.may("reports.settle"):
        return None
    running = Clock.objects.filter(RUNNING, record=OuterRef("pk"), rule=FIRST_REPORT).values("due_at")
    return rows(
        waiting(actor).order_by("pk"),
        due_at=Subquery(running[:1]),
        since="received_at",
        pk=F("pk"),
        text=Left("text", 60),
        number=F("record__number"),
        source=F("source"),
        kind=F("kind"),
        region=F("record__region__name"),
        exercise=F("record__exercise"),
    )


def _duty(told: Told) -> Item:
    said = told.said
    what, receiver = duty_said(said["rule"])
    notes = [f"{said['title']} {said['number']}", basis(said["source"], said["article"], said["certainty"])]
    due_at = told.due_at
    if said["missing_year"]:  # its end is only the earliest: nothing is late by it
        notes.append(_("the days off of %(year)s are not entered yet") % {"year": said["missing_year"]})
        due_at = None
    return Item(
        title=f"{what} → {receiver}",
        note=" · ".join(notes),
        url=reverse("incidents:incident", args=[said["number"]]),
        button=_("Told"),
        due_at=due_at,
        due_word=_("left") if due_at and due_at > timezone.now() else "",
        source=spoken(said["region"] or ""),
        exercise=bool(said["exercise"]),
    )


@add("duties", _duty)
def duties(actor: Actor) -> Rows | None:
    """What the unit's incidents still owe to others, by their clocks."""
    if not actor.may("incidents.write"):
        return None
    return rows(
        running_for(actor).filter(record__kind="incident"),
        due_at="due_at",
        rule=F("rule"),
        title=F("record__title"),
        number=F("record__number"),
        region=F("record__region__name"),
        exercise=F("record__exercise"),
        source=F("source"),
        article=F("article"),
        certainty=F("certainty"),
        missing_year=F("missing_year"),
    )


def _level(told: Told) -> Item:
    said = told.said
    return Item(
        title=_("Confirm the level: %(title)s") % {"title": said["title"]},
        note=" · ".join(part for part in (said["number"], level_name(said["level"])) if part),
        url=reverse("incidents:incident", args=[said["number"]]),
        button=_("Open"),
        since=told.since,
        source=spoken(said["region"] or ""),
        exercise=bool(said["exercise"]),
    )


@add("levels", _level)
def levels_to_confirm(actor: Actor) -> Rows | None:
    if not actor.may("incidents.write"):
        return None
    return rows(
        open_incidents(actor).filter(record__unit=actor.unit_id, graded_at__isnull=True),
        since="opened_at",
        title=F("record__title"),
        number=F("record__number"),
        level=F("proposed_level"),
        region=F("record__region__name"),
        exercise=F("record__exercise"),
    )


def _draft(told: Told) -> Item:
    return Item(
        title=_("Call begun and not on record: %(text)s") % {"text": (told.said["text"] or "")[:40] or "…"},
        note="",
        url=f"{reverse('incidents:new')}?draft={told.said['key']}",
        button=_("Go on"),
        since=told.since,
    )


@add("drafts", _draft)
def drafts(actor: Actor) -> Rows | None:
    return rows(drafts_of(actor), since="begun_at", key=F("key"), text=KT("content__text"))


def _unreadable(told: Told) -> Item:
    return Item(
        title=_("%(count)s messages from platforms could not be read") % {"count": told.said["n"]},
        note=_("Ring the sender back: there may be a call in them."),
        url=reverse("incidents:quarantine"),
        button=_("Look"),
        since=told.since,
    )


@add("unreadable", _unreadable)
def unreadable(actor: Actor) -> Rows | None:
    if not actor.may("quarantine.settle"):
        return None
    return count_of(quarantined(actor), since="received_at")
