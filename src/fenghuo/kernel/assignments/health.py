"""Whether the chains of orders are followed: a step is done within seconds of its time."""

from datetime import datetime, timedelta

from fenghuo.kernel.web.health import waits_at_most

from .models import Step


@waits_at_most("reminders", timedelta(minutes=1))
def reminders(now: datetime) -> timedelta | None:
    oldest = Step.objects.filter(done_at__isnull=True).order_by("due_at").values_list("due_at", flat=True).first()
    return now - oldest if oldest is not None and oldest < now else None
