"""Whether the outbox is looked after: what is due is claimed within seconds, whatever then becomes of it."""

from datetime import datetime, timedelta

from fenghuo.kernel.web.health import waits_at_most

from .models import Message, MessageState


@waits_at_most("outbox", timedelta(minutes=2))
def outbox(now: datetime) -> timedelta | None:
    due = Message.objects.filter(state=MessageState.WAITING, due_at__lt=now)
    oldest = due.order_by("due_at").values_list("due_at", flat=True).first()
    return now - oldest if oldest is not None else None
