"""What becomes due by itself: plans whose day of review has passed."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM

from ..duties import refresh_duties
from ..models import Plan, PlanState
from .filing import apply_days

MOST_AT_ONCE = 50  # plans in one transaction


def fall_due() -> int:
    """Plans whose next review was to be before today are due; how many, at most MOST_AT_ONCE. 1 query for none."""
    waiting = Plan.objects.filter(state=PlanState.FILED, next_due__lt=timezone.localdate()).order_by("next_due", "pk")
    # Looked at outside the transaction: on SQLite that would take the lock that calls wait for.
    return _fall(waiting) if waiting.exists() else 0


@transaction.atomic
def _fall(waiting: QuerySet[Plan]) -> int:
    held = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("record__unit")
    plans = list(held[:MOST_AT_ONCE])
    for plan in plans:
        apply_days(plan, by=SYSTEM)
    refresh_duties({plan.record.unit_id for plan in plans if plan.record.unit_id is not None})
    return len(plans)
