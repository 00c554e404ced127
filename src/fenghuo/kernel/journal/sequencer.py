"""The sequencer: gives committed entries their position, one process at a time, without gaps."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Max
from django.utils import timezone

from .models import Lease, Position, Unnumbered
from .recording import ENTRIES
from .waking import Waking

LOG = logging.getLogger(__name__)
POSITIONS = "fenghuo_positions"  # the PostgreSQL channel that wakes those who follow
NAME = "sequencer"
MOST_AT_ONCE = 500
SIGN_OF_LIFE = 5.0  # seconds


def number_waiting(limit: int = MOST_AT_ONCE) -> int:
    """Give positions to up to `limit` waiting entries, in one transaction; how many got one."""
    if not Unnumbered.objects.exists():
        return 0  # without a transaction: SQLite's would take the write lock from the writers
    with transaction.atomic():
        _hold_lease()
        waiting = list(Unnumbered.objects.order_by("pk").values_list("pk", flat=True)[:limit])
        last = Position.objects.aggregate(last=Max("position"))["last"] or 0
        now = timezone.now()
        Position.objects.bulk_create(
            Position(position=last + place, entry_id=entry, at=now) for place, entry in enumerate(waiting, 1)
        )
        Unnumbered.objects.filter(pk__in=waiting).delete()
        if waiting and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {POSITIONS}")
    return len(waiting)


class Sequencer:
    """Runs until `stop` is set. Two of them do no harm: the lease lets one at a time."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        waking = Waking(ENTRIES, at_most=0.1, gather=0.01)
        alive = 0.0
        try:
            while not self._stop.is_set():
                try:
                    while number_waiting() == MOST_AT_ONCE and not self._stop.is_set():
                        pass
                    alive = self._give_sign(alive)
                    waking.wait()
                except DatabaseError:
                    LOG.exception("positions cannot be given; trying again")
                    close_old_connections()
                    waking.close()
                    self._stop.wait(1.0)
        finally:
            waking.close()
            connection.close()

    def _give_sign(self, before: float) -> float:
        now = timezone.now()
        if now.timestamp() - before < SIGN_OF_LIFE:
            return before
        Lease.objects.update_or_create(name=NAME, defaults={"at": now})
        return now.timestamp()


def _hold_lease() -> None:
    lease, _made = Lease.objects.get_or_create(name=NAME, defaults={"at": timezone.now()})
    Lease.objects.select_for_update().get(pk=lease.pk)
