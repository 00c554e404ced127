"""Whether new positions are sealed: within seconds; and after a long pause, whether sealing goes on."""

from datetime import datetime, timedelta

from fenghuo.kernel.journal.models import Position, Seal
from fenghuo.kernel.web.health import waits_at_most


@waits_at_most("seals", timedelta(minutes=2))
def seals(now: datetime) -> timedelta | None:
    last, sealed_at = Seal.objects.order_by("-number").values_list("last", "sealed_at").first() or (0, None)
    oldest = Position.objects.filter(pk__gt=last).order_by("pk").values_list("at", flat=True).first()
    return None if oldest is None else now - max(oldest, sealed_at or oldest)
