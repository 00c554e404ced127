"""Work on an installation's orders from outside, in its environment: python -m tests.destruction.outside make COUNT | …

make COUNT: so many settled reports, and an order over them that is confirmed; answer: how many still hold their words.
"""

import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.kernel.clocks.models import Clock  # noqa: E402
from fenghuo.kernel.destruction.models import Item, Order  # noqa: E402
from fenghuo.kernel.destruction.previewing import preview  # noqa: E402
from fenghuo.kernel.destruction.services import confirm_order, draft_order  # noqa: E402
from fenghuo.kernel.journal.models import Destroyed  # noqa: E402
from fenghuo.response.incidents.models import Report, ReportState  # noqa: E402
from fenghuo.response.incidents.services import receive_reports  # noqa: E402
from tests.asking import answer  # noqa: E402
from tests.county import incoming, make_county  # noqa: E402


def make(count: int) -> None:
    with transaction.atomic():
        county = make_county()
    machine = county.machine()
    for start in range(0, count, 50):
        receive_reports([incoming(machine) for _number in range(start, min(count, start + 50))])
    Report.objects.update(state=ReportState.DISMISSED)
    # As deciding on a report does: a reminder on its way to somebody would keep its report out of the order.
    Clock.objects.update(ended_at=timezone.now())
    numbers = list(Report.objects.values_list("record__number", flat=True))
    order = draft_order(numbers, by=county.actor("emo", "clerk"), basis="erl85", reason="应急处置工作结束")
    confirm_order(order, by=county.actor("government", "head"), seen=preview(order).fingerprint)


def left() -> dict[str, Any]:
    return {
        "state": Order.objects.values_list("state", flat=True).get(),
        "left": Report.objects.exclude(text="").count(),
        "waiting": Item.objects.filter(state="waiting").count(),
        "why": list(Item.objects.filter(state="left").values_list("why", flat=True)),
        "destroyed": Destroyed.objects.count(),
    }


match sys.argv[1:]:
    case ["make", count]:
        make(int(count))
    case ["answer"]:
        answer(left)
