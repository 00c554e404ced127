"""The loop that looks at whose time to answer has run out: silence is acceptance where the law says so, else late.

The moment is that of the clock (its pauses, extensions and days off reckoned in); without the year's table of days off
nothing is taken as accepted.
"""

import logging
import threading
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.turning import turn_until
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.journal.listeners import Noted, on

from .kinds import rules
from .models import Submission
from .services import deem
from .states import WITH_RECEIVER
from .telling import tell_sender

LOG = logging.getLogger(__name__)
LOOK_EVERY = 5.0  # seconds
MOST_AT_ONCE = 50


class Silence:
    """Runs until `stop` is set. Several of them do no harm: each submission is held while its state is asked."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, deem_due, every=LOOK_EVERY, log=LOG, trouble="silence cannot be looked at")


def silent_now(now: datetime) -> QuerySet[Clock]:
    """Clocks by which a submission counts as accepted, since nobody answered."""
    by_law = Q(pk__in=[])
    for rule, kinds in _kinds_by_rule().items():
        by_law |= Q(rule=rule, record__as_submission__kind__in=kinds)
    running = Clock.objects.filter(due_at__lte=now, met_at=None, ended_at=None, window=False)
    known = running.filter(missing_year=None, paused_at=None)
    return known.filter(by_law, record__as_submission__state__in=WITH_RECEIVER)


def deem_due(now: datetime | None = None) -> int:
    """Take as accepted what was not answered in time; how many. Each in a transaction of its own. 1 query for none."""
    due = silent_now(now or timezone.now()).order_by("due_at").values_list("record_id", "due_at")
    done = 0
    for pk, at in list(due[:MOST_AT_ONCE]):
        try:
            deem(Submission.objects.get(pk=pk), at=at)
            done += 1
        except Refused as refused:  # answered meanwhile, or its room objects: the clock says that it is late
            LOG.warning("%s is not taken as accepted: %s", pk, refused)
    return done


def _kinds_by_rule() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rules().rows:
        if row.silence:
            found.setdefault(row.silence, []).append(row.id)
    return found


@on("clock.late")
def late(notes: list[Noted]) -> None:
    """Where silence means nothing, the sender hears that it was not answered in time."""
    keys = {note.about[0] for note in notes}
    found = Submission.objects.filter(pk__in=keys, state__in=WITH_RECEIVER)
    silent = {row.id for row in rules().rows if row.silence}
    for one in found.select_related("record", "sender", "receiver").exclude(kind__in=silent):
        tell_sender(one, "late", by=SYSTEM)
