"""Whether silence is looked at: what counts as accepted is so within minutes of its time."""

from datetime import datetime, timedelta

from fenghuo.kernel.web.health import waits_at_most

from .silence import silent_now


@waits_at_most("silence", timedelta(minutes=10))
def silence(now: datetime) -> timedelta | None:
    oldest = silent_now(now).order_by("due_at").values_list("due_at", flat=True).first()
    return now - oldest if oldest is not None else None
