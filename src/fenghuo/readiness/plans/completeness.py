"""What can be asked of plans, for the rules of completeness."""

from django.db.models import Exists, OuterRef, Q

from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.registers.completeness.predicates import Subject, add_subject, predicate
from fenghuo.standards.plan_kinds import PLAN_KINDS

from .models import Plan, PlanState

add_subject(
    Subject(
        "plan",
        lambda: Plan.objects.filter(record__archived_at=None, state__in=(PlanState.FILED, PlanState.DUE)),
        unit="record__unit",
        kind="record__unit__kind",
        title="record__title",
        register="plans",
    )
)


@predicate("plan.document")
def document(_amount: int | None) -> Q:
    return Q(Exists(Attachment.objects.filter(record=OuterRef("pk"), removed_at=None)))


@predicate("plan.issued")
def issued(_amount: int | None) -> Q:
    return Q(issued_on__isnull=False) & ~Q(approved_by="")


@predicate("plan.review_known")
def review_known(_amount: int | None) -> Q:
    once = [slug for slug, kind in PLAN_KINDS.items() if kind.review_years is None]
    return Q(next_due__isnull=False) | Q(kind__in=once)
