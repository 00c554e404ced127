"""Files that were kept back while the scanner was away: asked again until it answers, and what has a virus goes."""

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.turning import turn_until
from fenghuo.kernel.journal.recording import record

from .. import store
from ..models import Attachment, Content, Scan
from .clamd import is_there, scan_file

LOG = logging.getLogger(__name__)
LOOK_EVERY = 30.0  # seconds


class Rescanner:
    """Runs until `stop` is set. Several do no harm."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        trouble = "files cannot be checked for viruses"
        turn_until(self._stop, self.turn, every=LOOK_EVERY, log=LOG, trouble=trouble, errors=(DatabaseError, OSError))

    def turn(self) -> None:
        """All that wait, the oldest first; one more look later when the scanner goes away in between."""
        found = list(waiting().values_list("pk", flat=True)[:1000])
        if found and settings.CLAMD and not is_there(settings.CLAMD):
            return
        for digest in found:
            if self._stop.is_set() or not look_again(digest):
                return


def waiting() -> QuerySet[Content]:
    return Content.objects.filter(scan=Scan.WAITING).order_by("kept_at")


def look_again(digest: str) -> bool:
    """Whether the scanner has answered. Where the installation has none any more, nothing is kept back either."""
    path = store.path_of(digest)
    if not path.is_file():
        return True
    verdict = scan_file(path)
    if verdict.asked and not verdict.answered:
        return False
    if verdict.virus:
        _take_away(digest, verdict.virus[:100], timezone.now())
    else:
        now_is = Scan.CLEAN if verdict.asked else Scan.NONE
        Content.objects.filter(pk=digest, scan=Scan.WAITING).update(scan=now_is)
    return True


def _take_away(digest: str, virus: str, now: datetime) -> None:
    """The files leave their records, each with a word in its journal; then the bytes leave the disk."""
    with transaction.atomic():
        held = Content.objects.select_for_update().filter(pk=digest, scan=Scan.WAITING)
        if not held.update(scan=Scan.INFECTED):
            return
        there = Attachment.objects.filter(Q(content=digest) | Q(preview=digest), removed_at=None)
        for one in there.select_related("record"):
            Attachment.objects.filter(pk=one.pk).update(removed_at=now)
            public = {"file": one.pk, "digest": digest, "virus": virus}
            record("file.infected", SYSTEM, about=[one.record], public=public, private={"name": one.name})
    store.remove(digest)
