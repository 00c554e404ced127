"""The loop that sees to the daily backup. It is made by a process of its own, so that the worker goes on sending."""

import logging
import subprocess
import sys
import threading
from datetime import datetime, timedelta

from django.utils import timezone

from fenghuo.kernel.access.turning import turn_until
from fenghuo.kernel.keeping.schedule import AGAIN, is_due
from fenghuo.kernel.keeping.selectors import expired

LOG = logging.getLogger(__name__)
LOOK_EVERY = 20.0  # seconds
SWEEP_EVERY = timedelta(hours=1)
COMMAND = [sys.executable, "-m", "fenghuo.config.cli", "backup", "--daily"]


class DailyBackup:
    """Runs until `stop` is set. Several of them do no harm: the command lets one at a time."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._swept: datetime | None = None
        self._rests_until: datetime | None = None

    def run(self) -> None:
        turn_until(self._stop, self._turn, every=LOOK_EVERY, log=LOG, trouble="whether a backup is due cannot be seen")

    def _turn(self) -> None:
        if self._wanted(timezone.now()):
            self._make()

    def _wanted(self, now: datetime) -> bool:
        if self._rests_until and now < self._rests_until:
            return False
        if is_due(now):
            return True
        if self._swept and now - self._swept < SWEEP_EVERY:
            return False
        self._swept = now
        return expired().exists()

    def _make(self) -> None:
        """Ended when the worker ends, and made again when the next one starts."""
        process = subprocess.Popen(COMMAND)  # noqa: S603 - our own words
        while process.poll() is None:
            if self._stop.wait(0.5):
                process.terminate()
                process.wait(2)
        if process.returncode:
            LOG.error("the daily backup ended with %s; see the page Backups", process.returncode)
            self._rests_until = timezone.now() + AGAIN
