"""Work on the outbox of an installation from outside, in its environment: python -m tests.outbox write COUNT | …

write COUNT: so many SMS about one record, then the moment of the commit; expire: the leases of a dead worker end;
states: how many stand how.
"""

import json
import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.kernel.access.models import Record  # noqa: E402
from fenghuo.kernel.messaging.models import Message  # noqa: E402
from fenghuo.kernel.messaging.receivers import Receiver  # noqa: E402
from fenghuo.kernel.messaging.services import notify  # noqa: E402


def write(count: int) -> None:
    with transaction.atomic():
        it = Record.objects.create(kind="test", title="暴雨夜")
        receivers = [Receiver(f"队员{number}", phone=f"1380000{number:04}") for number in range(count)]
        notify(receivers, "立即集结,回复1确认。", record=it, by=SYSTEM)
    print(time.time())


def expire() -> None:
    Message.objects.filter(state="sending").update(due_at=timezone.now() - timedelta(seconds=1))


def states() -> None:
    print(json.dumps(dict(Message.objects.values_list("state").annotate(Count("pk")))))


match sys.argv[1:]:
    case ["write", count]:
        write(int(count))
    case ["expire"]:
        expire()
    case ["states"]:
        states()
