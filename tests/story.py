"""A county for the whole story, and ways to turn its clocks: python -m tests.story, with lines make | minutes N

make: units, the account wang at the desk, and teams; minutes N: what waits in a chain is due so much sooner.
Each line is answered by one, once it is done: a process for each would take longer to start than to do it.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.kernel.assignments.models import Step  # noqa: E402
from fenghuo.readiness.teams.services import OnCall, create_team, set_contacts  # noqa: E402
from tests.county import make_county  # noqa: E402

# name, capability, telephone, kilometres north of the crash
TEAMS = (
    ("消防一中队", "rescue_cutting", "13800000001", 3),
    ("120急救站", "medical", "13800000002", 5),
    ("120急救二站", "medical", "13800000003", 7),
    ("交警二中队", "traffic_control", "13800000004", 2),
    ("公路养护队", "road_clearing", "13800000005", 9),
)


def make() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        county = make_county()
        county.account("wang")
        for name, capability, phone, km in TEAMS:
            made = create_team(
                by=SYSTEM,
                unit=county.units["emo"],
                name=name,
                kind="professional",
                capabilities=[capability],
                latitude=34.0439 + km / 111,
                longitude=108.7108,
            )
            set_contacts(made, by=SYSTEM, contacts=[OnCall(name=f"{name}值班", phone=phone)])


def minutes(count: int) -> None:
    Step.objects.filter(done_at__isnull=True).update(due_at=F("due_at") - timedelta(minutes=count))


if __name__ == "__main__":
    for line in sys.stdin:
        match line.split():
            case ["make"]:
                make()
            case ["minutes", count]:
                minutes(int(count))
        print("done", flush=True)
