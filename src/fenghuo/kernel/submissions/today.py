from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.messaging.today import lists_itself
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .kinds import name_of
from .models import State
from .selectors import inbox, outbox
from .states import GOOD, WITH_RECEIVER, WITH_SENDER

NEWS = timedelta(days=3)  # so long a receipt stands on the sender's Today

lists_itself("submission")


def _due() -> Subquery:
    running = Clock.objects.filter(record=OuterRef("pk"), met_at=None, ended_at=None, window=False, missing_year=None)
    return Subquery(running.order_by("due_at").values("due_at")[:1])


def _received(told: Told) -> Item:
    said = told.said
    return Item(
        title=f"{name_of(said['kind'])} · {said['title']}",
        note=f"{said['number']} · {said['sender']}",
        url=reverse("submissions:submission", args=[said["number"]]),
        button=_("Review"),
        due_at=told.due_at,
        due_word=_("left") if told.due_at else "",
        since=told.since,
        source=said["sender"],
        exercise=bool(said["exercise"]),
    )


@add("papers_received", _received)
def papers_received(actor: Actor) -> Rows | None:
    """What was sent to my unit and waits for its answer."""
    if not actor.may("submissions.review") or actor.unit_id is None:
        return None
    return rows(
        inbox(actor).filter(state__in=WITH_RECEIVER).order_by("sent_at"),
        due_at=_due(),
        since="sent_at",
        number=F("record__number"),
        title=F("record__title"),
        sender=F("sender__name"),
        kind=F("kind"),
        exercise=F("record__exercise"),
    )


def _returned(told: Told) -> Item:
    said = told.said
    gap = said["state"] == State.GAP
    return Item(
        title=f"{name_of(said['kind'])} · {said['title']}",
        note=f"{said['number']} · {_('nobody to send it to yet') if gap else said['receiver']}",
        url=reverse("submissions:submission", args=[said["number"]]),
        button=_("Open") if gap else _("Correct"),
        since=told.since,
        source=said["receiver"] or "",
        exercise=bool(said["exercise"]),
    )


@add("papers_returned", _returned)
def papers_returned(actor: Actor) -> Rows | None:
    """What my unit sent and has to correct, or could not send yet."""
    if not actor.may("submissions.file") or actor.unit_id is None:
        return None
    return rows(
        outbox(actor).filter(state__in=WITH_SENDER).order_by("sent_at"),
        since="sent_at",
        number=F("record__number"),
        title=F("record__title"),
        receiver=F("receiver__name"),
        kind=F("kind"),
        state=F("state"),
        exercise=F("record__exercise"),
    )


def _accepted(told: Told) -> Item:
    said = told.said
    receipt = _("accepted, receipt no. %(receipt)s") % {"receipt": said["receipt"]} if said["receipt"] else ""
    return Item(
        title=f"{name_of(said['kind'])} · {said['title']}",
        note=f"{said['number']} · {receipt or State(said['state']).label}",
        url=reverse("submissions:receipt", args=[said["number"]]),
        button=_("Receipt"),
        source=said["receiver"] or "",
        exercise=bool(said["exercise"]),
        done_at=told.since,
    )


@add("papers_accepted", _accepted)
def papers_accepted(actor: Actor) -> Rows | None:
    """What my unit sent and was accepted in the last days."""
    if not actor.may("submissions.file") or actor.unit_id is None:
        return None
    return rows(
        outbox(actor).filter(state__in=GOOD, settled_at__gte=timezone.now() - NEWS).order_by("-settled_at"),
        since="settled_at",
        number=F("record__number"),
        title=F("record__title"),
        receiver=F("receiver__name"),
        receipt=F("receipt"),
        kind=F("kind"),
        state=F("state"),
        exercise=F("record__exercise"),
    )
