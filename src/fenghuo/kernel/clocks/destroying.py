"""Why a duty was late may name people; and a duty that is still ahead may need what an order would remove."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .models import Clock, LateReason
from .selectors import RUNNING


def _ahead(records: Keys) -> Counts:
    """Overdue ones do not count: what was missed stays missed, and would hold for ever."""
    duties = Clock.objects.filter(RUNNING, record__in=records, window=False, due_at__gt=timezone.now())
    return {"deadlines_ahead": duties.count()}


def _reasons(records: Keys) -> QuerySet[LateReason]:
    return LateReason.objects.filter(clock__record__in=records).exclude(text="")


def _held(records: Keys) -> Counts:
    return {"late_reasons": _reasons(records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    return {"late_reasons": _reasons(records).update(text="")}


add(
    Room(
        name="clocks",
        things={
            "late_reasons": _("reasons given for being late:"),
            "deadlines_ahead": _("deadlines that are still ahead:"),
        },
        held=_held,
        remove=_remove,
        cautions=_ahead,
    )
)
