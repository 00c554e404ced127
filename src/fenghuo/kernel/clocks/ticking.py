"""The tick: looks at the clocks that are due to be looked at, puts on record which are late, and tells people."""

import logging
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.turning import turn_until
from fenghuo.kernel.journal.models import Lease

from .desks import duties_of, home_desk, unit_answering
from .late import note_late
from .models import Clock
from .planning import plan
from .services import catch_up, start_next
from .telling import Due, tell

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds
SIGN_OF_LIFE = 10.0  # seconds
NAME = "clocks"
# Of one desk in one transaction, told in one message: 40 ms for so many, in which SQLite's other writers wait.
MOST_AT_ONCE = 200
LOOKED_AT = 1000  # clocks among which the desks are found: one that waits behind another's storm is not forgotten
BREATH = 0.2  # seconds for those others while there are more


class Tick:
    """Runs until `stop` is set. Several of them do no harm: a clock is claimed by changing its row."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._signed: datetime | None = None

    def run(self) -> None:
        turn_until(self._stop, self._turn, every=LOOK_EVERY, log=LOG, trouble="clocks cannot be looked at")

    def _turn(self) -> None:
        if self._gives_sign(timezone.now()):
            catch_up()
        while do_due() >= MOST_AT_ONCE and not self._stop.is_set():
            self._stop.wait(BREATH)

    def _gives_sign(self, now: datetime) -> bool:
        """Every few seconds, also when the clock on the wall was set back."""
        if self._signed is not None and abs(now - self._signed) < timedelta(seconds=SIGN_OF_LIFE):
            return False
        Lease.objects.update_or_create(name=NAME, defaults={"at": now})
        self._signed = now
        return True


def do_due(now: datetime | None = None) -> int:
    """Look at the clocks whose moment has come; how many were claimed. One transaction for each desk.

    1 query when none is due, however many run.
    """
    now = now or timezone.now()
    due = Clock.objects.filter(next_at__lte=now).order_by("next_at", "pk")
    waiting = list(due.values_list("record__kind", "record__unit_id", "record__exercise", "record__demo")[:LOOKED_AT])
    if not waiting:
        return 0
    desk = home_desk()
    desks = dict.fromkeys((unit_answering(kind, unit, desk), *marks) for kind, unit, *marks in waiting)
    claimed = 0
    for unit, exercise, demo in desks:
        mine = Q(record__unit__isnull=True) if unit is None else duties_of(unit, desk)
        try:
            claimed += _do(unit, mine & Q(record__exercise=exercise, record__demo=demo), now)
        except DatabaseError:
            raise
        except Exception:  # of one desk: the others must be told all the same; readyz says that something waits
            LOG.exception("the deadlines of unit %s could not be looked at", unit)
    return claimed


def _store(clocks: Iterable[Clock]) -> None:
    """What was planned, one statement for all that came to the same: in a storm nearly all do."""
    same: dict[tuple[datetime | None, ...], list[int]] = {}
    for clock in clocks:
        same.setdefault((clock.next_at, clock.told_until, clock.late_noted_at), []).append(clock.pk)
    for (next_at, told_until, late_noted_at), keys in same.items():
        rows = Clock.objects.filter(pk__in=keys)
        rows.update(next_at=next_at, told_until=told_until, late_noted_at=late_noted_at)


@transaction.atomic
def _do(unit_key: int | None, mine: Q, now: datetime) -> int:
    """All of one desk that is due, so that it is told once. Whoever holds the desk's row does it, the others pass.

    Claim, entry and messages are one transaction: after a kill it is all still due, or all done.
    """
    unit = None
    if unit_key is not None:
        held = Unit.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        unit = held.filter(pk=unit_key).first()
        if unit is None:
            return 0
    zone = timezone.get_current_timezone()
    waiting = Clock.objects.filter(mine, next_at__lte=now).order_by("next_at", "pk")
    held_rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("record", "entry")
    clocks = list(held_rows[:MOST_AT_ONCE])
    if Clock.objects.filter(pk__in=[one.pk for one in clocks], next_at__lte=now).update(next_at=None) != len(clocks):
        transaction.set_rollback(True)
        return 0
    found = []
    for clock in clocks:
        what = plan(clock, now, zone, clock.entry.recorded_at)
        clock.next_at, clock.told_until = what.next_at, what.told_until
        if what.late:
            clock.late_noted_at = now
        found.append(Due(clock, what.tell, newly_late=what.late))
    _store(clocks)
    late = [one.clock for one in found if one.newly_late]
    for clock, entry in zip(late, note_late(late), strict=True):
        start_next(clock, entry=entry)
    tell(unit, found, now)
    return len(clocks)
