"""Bring a workbook of people into a running house and let it in, as its page does: python -m bench.bring ROWS

The house's worker does the work; here only the time is taken. Seconds until it was read and until it had gone in.
"""

import json
import sys
import time

import django

django.setup()

from fenghuo.kernel.access.actor import actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Post  # noqa: E402
from fenghuo.kernel.registers.declaring import register_named  # noqa: E402
from fenghuo.kernel.registers.importing import services  # noqa: E402
from fenghuo.kernel.registers.models import Import, ImportState  # noqa: E402

from .workbooks import people  # noqa: E402

LOOK_EVERY_S = 0.2


def main(rows: int) -> None:
    by = actor_for_post(Post.objects.select_related("unit__region", "unit__record").get())
    register = register_named("people")
    assert register is not None
    content = people(rows, by.label.partition(" ")[0])
    began = time.perf_counter()
    brought = services.bring(register, [content], "list.xlsx", by=by, here=False)
    _wait(brought, ImportState.CHECKED)
    read = time.perf_counter() - began
    print("read", flush=True)
    services.apply(brought, by=by)
    _wait(brought, ImportState.DONE)
    applied = time.perf_counter() - began - read
    print(json.dumps({"read_s": round(read, 1), "applied_s": round(applied, 1), "counts": brought.counts}))


def _wait(brought: Import, state: str) -> None:
    while brought.state != state:
        if brought.state == ImportState.REFUSED:
            raise SystemExit(str(brought.problems))
        time.sleep(LOOK_EVERY_S)
        brought.refresh_from_db()


main(int(sys.argv[1]))
