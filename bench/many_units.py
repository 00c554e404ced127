"""Medians of the typeahead among 2,000 and then 20,000 units, as JSON: python -m bench.many_units TYPED…"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.kernel.access.models import Record, Region, Unit  # noqa: E402
from fenghuo.kernel.registry.models import Name  # noqa: E402
from fenghuo.kernel.registry.selectors import find_units  # noqa: E402
from fenghuo.kernel.registry.services import create_region  # noqa: E402
from fenghuo.kernel.registry.spelling import search_keys  # noqa: E402

KINDS = ["应急管理站", "中心小学", "第一中学", "村民委员会", "有限公司", "卫生院", "草堂分局", "重庆银行网点"]


def fill(county: Region, count: int) -> None:
    records = Record.objects.bulk_create(
        [Record(kind="unit", title="unit", region=county, block=county.path) for _ in range(count)]
    )
    names = [f"{'甲乙丙丁戊己庚辛'[n % 8]}{'东西南北'[n % 4]}{KINDS[n % 8]}{n}" for n in range(count)]
    pairs = list(zip(records, names, strict=True))
    Unit.objects.bulk_create(
        [
            Unit(record=record, code=f"U{record.pk}", name=name, kind="enterprise", region=county)
            for record, name in pairs
        ]
    )
    Name.objects.bulk_create(
        [Name(record=record, record_kind="unit", text=name, keys=search_keys(name)) for record, name in pairs],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def spent() -> dict[str, float]:
    """Milliseconds, the median of 15 for each word."""
    found = {}
    for typed in sys.argv[1:]:
        spans = []
        for _ in range(15):
            began = time.perf_counter()
            find_units(typed)
            spans.append((time.perf_counter() - began) * 1000)
        found[typed] = round(sorted(spans)[7], 2)
    return found


call_command("migrate", verbosity=0)
with transaction.atomic():
    county = create_region(by=SYSTEM, code="610118000000", name="鄠邑区", level="county", parent=None)
fill(county, 2_000)
small = spent()
fill(county, 18_000)
print(json.dumps([small, spent()]))
