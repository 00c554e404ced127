"""`python -m tests.due_clocks write N | answer`: N units, each with a person and a deadline that has just ended."""

import sys
from datetime import timedelta

import django

from tests.asking import answer


def write(count: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from fenghuo.kernel.access.actor import SYSTEM
    from fenghuo.kernel.clocks.models import Clock
    from fenghuo.kernel.registry.services import create_unit, open_record
    from tests.clocks import run_clock
    from tests.county import make_county
    from tests.orders import staff

    with transaction.atomic():
        county = make_county()
        started = timezone.now() - timedelta(hours=2)
        for number in range(count):
            unit = create_unit(
                by=SYSTEM,
                code=f"610118-TEST-{number:04}",
                name=f"单位{number}",
                kind="institution",
                region=county.regions["a"],
            )
            staff(unit, (f"值班{number}", "13800000001", "duty_officer"), by=SYSTEM)
            run_clock(open_record("matter", "到期", unit=unit), started=started)
        Clock.objects.update(next_at=timezone.now(), told_until=timezone.now() - timedelta(hours=1))


def count() -> dict[str, int]:
    from django.db.models import Count

    from fenghuo.kernel.clocks.models import Clock, Telling
    from fenghuo.kernel.journal.models import Entry

    told = Telling.objects.filter(message__channel="in_app").values("clock").annotate(n=Count("pk"))
    return {
        "due": Clock.objects.filter(late_noted_at=None).count(),
        "told": len(told),
        "twice": sum(row["n"] > 1 for row in told),
        "late": Entry.objects.filter(verb="clock.late").count(),
    }


if __name__ == "__main__":
    django.setup()
    match sys.argv[1:]:
        case ["write", number]:
            write(int(number))
        case _:
            answer(count)
