"""A workbook of people read, recognised, tried and marked, as JSON: python -m bench.many_imports ROWS [FOLDER]

Everything that a dry run does (registers.importing): 200 rows are wrong. Then the register holds as many people, and
the same again is unchanged. Seconds of the clock and of the processor.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ["FENGHUO_DATA"] = tempfile.mkdtemp(prefix="fenghuo-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Person, Record  # noqa: E402
from fenghuo.kernel.registers.declaring import register_named  # noqa: E402
from fenghuo.kernel.registers.importing import reading, services  # noqa: E402
from fenghuo.kernel.registers.models import Import  # noqa: E402
from fenghuo.kernel.registry.services import add_person, appoint  # noqa: E402
from tests.county import SINCE, make_county  # noqa: E402

FAULTS = 200


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        county = make_county()
        unit = county.units["a"]
        person = add_person(by=SYSTEM, name="张三", unit=unit)
        post = appoint(person, by=SYSTEM, unit=unit, role="clerk", since=SINCE)
    by = actor_for_post(post)
    content = _workbook(rows)
    found = {}
    for turn in ("new", "unchanged"):
        register = register_named("people")
        assert register is not None
        began, spent = time.perf_counter(), time.process_time()
        brought = reading.read_here(services.bring(register, [content], "list.xlsx", by=by, here=True))
        found[turn] = {
            "seconds": round(time.perf_counter() - began, 1),
            "processor_seconds": round(time.process_time() - spent, 1),
            "counts": brought.counts,
        }
        if turn == "new":
            _fill(brought, county.units["a"].pk)
    print(json.dumps({"bench": "imports", "rows": rows, "goal_seconds": 30, **found}))


def _workbook(rows: int) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "单位", "职务", "手机号码", "办公电话", "邮箱"])
    for place in range(rows):
        mobile = "138" if place % (rows // FAULTS) == 0 else f"138{place:08}"
        page.append([f"李{place}", "草堂街道办事处", "", mobile, "029-84812345", f"p{place}@example.org"])
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        return Path(file.name).read_bytes()


def _fill(brought: Import, unit: int) -> None:
    """What the rows would make, without the services' time."""
    values = [one.values for one in brought.rows.filter(kind="new")]
    home = Record.objects.get(pk=unit)
    with transaction.atomic():
        records = Record.objects.bulk_create(
            [
                Record(kind="person", title=one["name"], unit_id=unit, region_id=home.region_id, block=home.block)
                for one in values
            ],
            batch_size=500,
        )
        Person.objects.bulk_create(
            [
                Person(record=record, name=one["name"], mobile=one["mobile"], phone=one["phone"], email=one["email"])
                for record, one in zip(records, values, strict=True)
            ],
            batch_size=500,
        )


main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
