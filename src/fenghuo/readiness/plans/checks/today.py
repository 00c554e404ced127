"""On Today: whom to visit, what to put right, and what to look at again."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from ..models import CheckItem, Finding, FindingState, ItemState, RoundState
from .deadlines import end_of
from .selectors import open_findings


def _visit(told: Told) -> Item:
    return Item(
        title=_("Check the plan of %(unit)s") % {"unit": told.said["unit"]},
        note=_("until %(day)s") % {"day": told.said["day"]},
        url=reverse("plans:check_item", args=[told.said["number"]]),
        button=_("Check"),
        due_at=end_of(date.fromisoformat(told.said["day"])),
        due_word=_("until the check ends"),
    )


@add("plan_check_visits", _visit)
def visits(actor: Actor) -> Rows | None:
    if actor.unit_id is None or not actor.may("plan_checks.check"):
        return None
    mine = CheckItem.objects.filter(checker=actor.unit_id, state=ItemState.ASSIGNED, round__state=RoundState.UNDER_WAY)
    return rows(
        mine.order_by("round__to_day", "pk"),
        since="round__drawn_at",
        unit="record__title",
        number="record__number",
        day="round__to_day",
    )


def _correct(told: Told) -> Item:
    back = told.said["state"] == FindingState.SENT_BACK
    return Item(
        title=_("Sent back: put it right and say so") if back else _("Put right what a check of your plan has found"),
        note=_("until %(day)s") % {"day": told.said["day"]},
        url=reverse("plans:check_item", args=[told.said["number"]]),
        button=_("Open"),
        due_at=end_of(date.fromisoformat(told.said["day"])),
        due_word=_("to put it right"),
    )


@add("plan_check_findings", _correct)
def findings(actor: Actor) -> Rows | None:
    if actor.unit_id is None or not actor.may("plan_checks.correct"):
        return None
    return rows(open_findings(actor), since="issued_at", number="item__record__number", day="due_on", state="state")


def _verify(told: Told) -> Item:
    return Item(
        title=_("%(unit)s says that a finding is put right") % {"unit": told.said["unit"]},
        note=_("look at it: verify it or send it back"),
        url=reverse("plans:check_item", args=[told.said["number"]]),
        button=_("Open"),
        since=told.since,
    )


@add("plan_check_verifying", _verify)
def verifying(actor: Actor) -> Rows | None:
    if actor.unit_id is None or not actor.may("plan_checks.verify"):
        return None
    told = Finding.objects.filter(state=FindingState.TOLD, item__checker=actor.unit_id).order_by("told_at", "pk")
    return rows(told, since="told_at", unit="item__record__title", number="item__record__number")
