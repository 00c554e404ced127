"""Whether files that wait for the virus scanner get their answer."""

from datetime import datetime, timedelta

from fenghuo.kernel.web.health import waits_at_most

from .scanning.waiting import waiting


@waits_at_most("files", timedelta(hours=1))
def files(now: datetime) -> timedelta | None:
    oldest = waiting().values_list("kept_at", flat=True).first()
    return now - oldest if oldest is not None else None
