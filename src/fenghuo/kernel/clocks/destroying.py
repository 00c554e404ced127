"""Clocks hold nothing of people; but a duty that is still ahead may need what an order would remove."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .models import Clock
from .selectors import RUNNING


def _ahead(records: Keys) -> Counts:
    """Overdue ones do not count: what was missed stays missed, and would hold for ever."""
    duties = Clock.objects.filter(RUNNING, record__in=records, window=False, due_at__gt=timezone.now())
    return {"deadlines_ahead": duties.count()}


add(Room(name="clocks", things={"deadlines_ahead": _("deadlines that are still ahead:")}, cautions=_ahead))
