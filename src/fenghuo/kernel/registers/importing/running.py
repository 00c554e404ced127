"""The loop that reads the workbooks that were brought and lets their rows go in."""

import logging
import threading

from django.db import DatabaseError

from fenghuo.kernel.access.turning import turn_until

from ..models import Import, ImportState
from .applying import apply_part
from .reading import read_file

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds


class Importer:
    """Runs until `stop` is set. Several do no harm: a reading is claimed, a part holds its import."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(
            self._stop,
            self.turn,
            every=LOOK_EVERY,
            log=LOG,
            trouble="workbooks cannot be brought in",
            errors=(DatabaseError, OSError),
        )

    def turn(self) -> None:
        """Everything that waits, the oldest first."""
        for pk in self._waiting(ImportState.READING):
            read_file(pk)
        for pk in self._waiting(ImportState.APPLYING):
            run = apply_part(pk)
            while run is not None and not self._stop.is_set():
                run = apply_part(pk, run)

    def _waiting(self, state: str) -> list[int]:
        return list(Import.objects.filter(state=state).order_by("pk").values_list("pk", flat=True))
