"""Whether the clocks are looked at: the tick gives a sign of life, and nothing waits long for it."""

from datetime import datetime, timedelta

from fenghuo.kernel.journal.models import Lease
from fenghuo.kernel.web.health import waits_at_most

from .models import Clock
from .ticking import NAME


@waits_at_most("clocks", timedelta(minutes=1))
def clocks(now: datetime) -> timedelta | None:
    """What is due to be looked at, and the last sign of the tick; a clock set back is no fault."""
    oldest = Clock.objects.filter(next_at__lte=now).order_by("next_at").values_list("next_at", flat=True).first()
    sign = Lease.objects.filter(name=NAME).values_list("at", flat=True).first()
    waits = [now - moment for moment in (oldest, sign) if moment is not None]
    return max(waits, default=None)
