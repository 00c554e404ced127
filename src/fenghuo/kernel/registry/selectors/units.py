"""Units: an address book that everybody signed in may use (decision 3)."""

from django.db.models import Prefetch

from fenghuo.kernel.access.models import Supervision, Unit


def unit_by_code(code: str) -> Unit | None:
    return Unit.objects.select_related("region", "record").filter(code=code, valid_to=None).first()


def unit_with_lines(code: str) -> Unit | None:
    """With its subjects and its supervising departments. 3 queries."""
    supervised = Supervision.objects.select_related("department").order_by("-main", "subject")
    return (
        Unit.objects.select_related("region__parent", "record", "successor")
        .prefetch_related("lines", Prefetch("supervisions", supervised))
        .filter(code=code)
        .first()
    )
