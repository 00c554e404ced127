"""Who has let a day of a check pass, or soon will, is reminded by itself: of findings, and of visits."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import record

from ...models import CheckItem, Finding, ItemState, RoundState
from ..selectors import OPEN
from ..telling import remind_unit, remind_visitor
from .keeping import locked, unit_of

SOON = timedelta(days=3)  # before the day; 本县设定
AGAIN_AFTER = timedelta(days=7)  # 本县设定


def remind_due() -> int:
    """One unit, or one visitor, who is to be reminded now: how many were, 0 or 1, so that a transaction is short."""
    today, again = timezone.localdate(), timezone.now() - AGAIN_AFTER
    unheard = Q(reminded_at=None) | Q(reminded_at__lt=again)
    late = Finding.objects.filter(unheard, state__in=OPEN, due_on__lte=today + SOON).order_by("due_on", "pk")
    if (found := late.values_list("item", flat=True).first()) is not None:
        return _remind_unit(found)
    waiting = CheckItem.objects.filter(
        unheard, state=ItemState.ASSIGNED, round__state=RoundState.UNDER_WAY, round__to_day__lte=today + SOON
    )
    first = waiting.order_by("pk").first()
    return _remind_visitor(first) if first is not None else 0


@transaction.atomic
def _remind_unit(pk: int) -> int:
    """Of all that the unit has not put right, at once."""
    item = locked(CheckItem(pk=pk))
    today, now = timezone.localdate(), timezone.now()
    rows = list(item.findings.filter(state__in=OPEN, due_on__lte=today + SOON).order_by("due_on"))
    if not rows or all(row.reminded_at and row.reminded_at > now - AGAIN_AFTER for row in rows):
        return 0  # another was quicker
    due, late = rows[0].due_on, rows[0].due_on < today
    item.findings.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
    remind_unit(item, len(rows), due, by=SYSTEM, late=late)
    public = {"n": len(rows), "due": due, "late": late}
    record("plancheck.reminded", SYSTEM, about=[item, item.round, unit_of(item)], public=public)
    return 1


@transaction.atomic
def _remind_visitor(first: CheckItem) -> int:
    """Of all that it has not visited in this round, at once."""
    rows = CheckItem.objects.filter(round=first.round_id, checker=first.checker_id, state=ItemState.ASSIGNED)
    held = list(rows.select_for_update(of=("self",)).select_related("checker__record", "round__record"))
    now = timezone.now()
    if not held or all(row.reminded_at and row.reminded_at > now - AGAIN_AFTER for row in held):
        return 0
    CheckItem.objects.filter(pk__in=[row.pk for row in held]).update(reminded_at=now)
    one = held[0]
    remind_visitor(one.round, one.checker, len(held), by=SYSTEM)
    public = {"to": one.checker.name, "n": len(held)}
    record("plancheck.visits_reminded", SYSTEM, about=[one.round, one.checker], public=public)
    return 1
