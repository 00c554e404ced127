"""Three ways to count the coverage of 20,000 units with 100,000 plans, medians as JSON: python -m bench.many_plans"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import batched
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.kernel.access.models import Record, Region, Unit  # noqa: E402
from fenghuo.kernel.registry.services import create_region  # noqa: E402
from fenghuo.readiness.plans.duties.rebuilding import rebuild_duties  # noqa: E402
from fenghuo.readiness.plans.models import Plan, PlanState  # noqa: E402
from fenghuo.readiness.plans.selectors.coverage import coverage  # noqa: E402

UNITS, PLANS, TOWNS, PART = 20_000, 100_000, 14, 1000
DAY = date(2026, 1, 1)
# The best single statement that was found: one pass over the plans, each unit's best, then by town and kind.
STATEMENT = """
WITH best AS (
  SELECT d.unit_id AS unit, MIN(CASE p.state WHEN 'filed' THEN 1 WHEN 'due' THEN 2 ELSE 3 END) AS rank
    FROM plans_plan p JOIN access_record d ON d.id = p.record_id
   WHERE d.archived_at IS NULL AND p.kind = 'unit' AND p.state <> 'replaced'
   GROUP BY d.unit_id
)
SELECT SUBSTR(r.block, 1, 8), u.kind, COALESCE(b.rank, 4), COUNT(*)
  FROM access_unit u JOIN access_record r ON r.id = u.record_id LEFT JOIN best b ON b.unit = u.record_id
 WHERE u.kind = 'enterprise' AND u.valid_to IS NULL AND r.archived_at IS NULL
 GROUP BY 1, 2, 3
"""
RANKS = {1: "filed", 2: "due", 3: "drafted", 4: "none"}

type Counts = Counter[tuple[str, str, str]]


def fill() -> list[int]:
    with transaction.atomic():
        county = create_region(by=SYSTEM, code="610118000000", name="鄠邑区", level="county", parent=None)
        towns = [
            create_region(by=SYSTEM, code=f"6101180{n + 1:02d}000", name=f"镇{n}", level="town", parent=county)
            for n in range(TOWNS)
        ]
    units = list[Unit]()
    for chunk in batched(range(UNITS), 2000):
        units += _units(chunk, towns)
    lot = Random(610118)
    for chunk in batched(range(PLANS), 5000):
        _plans([lot.choice(units[: UNITS * 9 // 10]) for _ in chunk], lot)
    with transaction.atomic():
        rebuild_duties()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [unit.pk for unit in units]


def _units(numbers: tuple[int, ...], towns: list[Region]) -> list[Unit]:
    places = [towns[number % TOWNS] for number in numbers]
    records = Record.objects.bulk_create(
        [Record(kind="unit", title="unit", region=place, block=place.path) for place in places]
    )
    return Unit.objects.bulk_create(
        [
            Unit(record=record, code=f"U{record.pk}", name=f"企业{record.pk}", kind="enterprise", region=place)
            for record, place in zip(records, places, strict=True)
        ]
    )


def _plans(owners: list[Unit], lot: Random) -> None:
    """Of five plans one is in force, the others are older editions, and some are due or drafted."""
    states = (PlanState.FILED, PlanState.DUE, PlanState.DRAFTED, PlanState.REPLACED, PlanState.REPLACED)
    records = Record.objects.bulk_create(
        [
            Record(kind="plan", title="预案", unit=owner, region=owner.region, block=owner.region.path)
            for owner in owners
        ]
    )
    Plan.objects.bulk_create(
        [
            Plan(record=record, kind="unit", state=lot.choice(states), filed_on=DAY, next_due=date(2029, 1, 1))
            for record in records
        ]
    )


def kept() -> Counts:
    found: Counts = Counter()
    for region, cells, _whole in coverage(SYSTEM).towns:
        for who, cell in cells.items():
            for state, count in cell.counts.items():
                found[region.path if region else "", who, state] += count
    return found


def by_sql() -> Counts:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT)
        return Counter({(town, who, RANKS[rank]): count for town, who, rank, count in cursor.fetchall()})


def by_unit(keys: list[int]) -> Counts:
    """As one would write it without thinking of the number: the plans of each unit are asked for."""
    found: Counts = Counter()
    for unit in Unit.objects.select_related("region").filter(pk__in=keys):
        plans = Plan.objects.filter(record__unit=unit, kind="unit", record__archived_at=None)
        state = next((one for one in RANKS.values() if plans.filter(state=one).exists()), "none")
        found[unit.region.path, unit.kind, state] += 1
    return found


def median(do: Callable[[], Any], times: int) -> float:
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        spans.append((time.perf_counter() - began) * 1000)
    return round(sorted(spans)[times // 2], 2)


def main() -> None:
    call_command("migrate", verbosity=0)
    keys = fill()
    part = keys[:: UNITS // PART]
    median_ms = {
        "kept": median(kept, 9),
        "one SQL": median(by_sql, 9),
        "by unit": round(median(lambda: by_unit(part), 3) * UNITS / PART, 0),
    }
    whole = sum(by_unit(part).values()) == PART
    print(
        json.dumps(
            {
                "units": UNITS,
                "plans": PLANS,
                "median_ms": median_ms,
                "equal": whole and kept() == by_sql(),
                "day": timezone.localdate().isoformat(),
            }
        )
    )


if __name__ == "__main__":
    main()
