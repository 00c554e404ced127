"""`python -m bench.tick_rounds`: milliseconds of a round with 20 clocks due, and of one with none, as JSON."""

import json
from datetime import timedelta
from statistics import median
from time import perf_counter

import django

FEW, MANY, DUE, ROUNDS = 1_000, 50_000, 20, 9


def main() -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from fenghuo.kernel.access.actor import SYSTEM
    from fenghuo.kernel.clocks.models import Clock
    from fenghuo.kernel.clocks.ticking import do_due
    from fenghuo.kernel.registry.services import open_record
    from tests.clocks import entry_of_all, run_clock
    from tests.county import make_county
    from tests.orders import staff

    with transaction.atomic():
        county = make_county()
        staff(county.units["emo"], ("值班", "13800000001", "duty_officer"), by=SYSTEM)
        record = open_record("matter", "计时中", unit=county.units["emo"])
        due_record = open_record("matter", "到期", unit=county.units["emo"])
    entry = entry_of_all()
    now, turn, said = timezone.now(), 0, {"running_few": FEW, "running_many": MANY, "due": DUE}
    for name, running in (("few", FEW), ("many", MANY)):
        while turn < running:
            batch = range(turn, min(turn + 5_000, running))
            Clock.objects.bulk_create(
                Clock(
                    record=record,
                    rule="many",
                    turn=one,
                    anchor="learned",
                    started_at=now,
                    due_at=now + timedelta(days=2, seconds=one),
                    source="COUNTY",
                    certainty="?",
                    entry=entry,
                    next_at=now + timedelta(days=1, seconds=one),
                )
                for one in batch
            )
            turn = batch[-1] + 1
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        spans, idle = [], []
        for number in range(ROUNDS):
            with transaction.atomic():
                for one in range(DUE):
                    key = (running + number) * DUE + one
                    run_clock(due_record, started=now - timedelta(minutes=25), turn=key)
            began = perf_counter()
            assert do_due() == DUE
            spans.append(perf_counter() - began)
            began = perf_counter()
            assert do_due() == 0
            idle.append(perf_counter() - began)
        said |= {f"{name}_ms": round(median(spans) * 1000, 2), f"{name}_idle_ms": round(median(idle) * 1000, 3)}
    print(json.dumps(said))


if __name__ == "__main__":
    django.setup()
    main()
