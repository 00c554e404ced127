"""The daily mail: the newest root to those whom FENGHUO_ROOTS_TO names, once a day, whoever runs how often."""

import logging
import threading

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone, translation

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused, WrongState
from fenghuo.kernel.access.turning import turn_until

from .services import mail_root

LOG = logging.getLogger(__name__)
LOOK_EVERY = 60.0  # seconds


def mail_todays_root() -> int:
    """How many messages were written; 0 when everybody has had today's, or nothing is sealed yet."""
    if not settings.ROOTS_TO:
        return 0
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return len(mail_root(settings.ROOTS_TO, by=SYSTEM, day=timezone.localdate()))
    except IntegrityError:
        return 0  # another worker was faster: one row a day and address
    except WrongState:
        return 0  # nothing is sealed yet: in a minute
    except Refused as refused:
        LOG.warning("today's root was not mailed: %s", refused)
        return 0


class DailyRoots:
    """Runs until `stop` is set."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def run(self) -> None:
        turn_until(self._stop, mail_todays_root, every=LOOK_EVERY, log=LOG, trouble="today's root was not mailed")
