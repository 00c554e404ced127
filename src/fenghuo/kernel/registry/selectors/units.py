"""Units: an address book that everybody signed in may use (decision 3)."""

from django.db.models import Prefetch

from fenghuo.kernel.access.models import Supervision, Unit

from ..models import Merged
from .merging import where_it_went


def unit_by_code(code: str) -> Unit | None:
    """The unit with this code; of one that was merged, the unit into which it was."""
    units = Unit.objects.select_related("region", "record")
    return units.filter(code=code, valid_to=None).first() or _merged(code)


def _merged(code: str) -> Unit | None:
    gone = (
        Merged.objects.filter(kind="unit", gone__number=code, separated_at=None).values_list("kept", flat=True).first()
    )
    if gone is None:
        return None
    return Unit.objects.select_related("region", "record").filter(pk=where_it_went(gone), valid_to=None).first()


def unit_with_lines(code: str) -> Unit | None:
    """With its subjects and its supervising departments. 3 queries."""
    supervised = Supervision.objects.select_related("department").order_by("-main", "subject")
    return (
        Unit.objects.select_related("region__parent", "record", "successor")
        .prefetch_related("lines", Prefetch("supervisions", supervised))
        .filter(code=code)
        .first()
    )
