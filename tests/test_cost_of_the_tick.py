"""What the tick costs grows with what is due, never with what runs: plan, queries, and the database's own work."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.rulebook import rules
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.registry.services import open_record
from tests.clocks import MINUTE, entry_of_all, minute, run_clock
from tests.county import County
from tests.orders import staff

FEW, MANY, DUE = 1_000, 50_000, 20


def run_many(county: County, count: int) -> None:
    """So many duties of the desk that end in some days."""
    record, now, entry = open_record("matter", "许多", unit=county.units["emo"]), timezone.now(), entry_of_all()
    Clock.objects.bulk_create(
        [
            Clock(
                record=record,
                rule="many",
                turn=turn,
                anchor="learned",
                started_at=now,
                due_at=now + timedelta(days=2, seconds=turn),
                source="COUNTY",
                certainty="?",
                entry=entry,
                next_at=now + timedelta(days=1, seconds=turn),
            )
            for turn in range(count)
        ],
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clocks_clock")


def work(statement: str, params: Any) -> int:
    """How much the database does for it: rows touched (PostgreSQL), steps of its machine (SQLite)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", params)
            said = cursor.fetchone()[0]
            plan = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
            return _rows(plan)
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        raw: Any = connection.connection
        raw.set_progress_handler(step, 1)
        try:
            cursor.execute(statement, params)
            cursor.fetchall()
        finally:
            raw.set_progress_handler(None, 0)
        return steps


def _rows(plan: dict[str, Any]) -> int:
    touched = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return int(touched * plan["Actual Loops"]) + sum(_rows(part) for part in plan.get("Plans", []))


def looks(moment: Any) -> tuple[str, Any]:
    due = Clock.objects.filter(next_at__lte=moment).order_by("next_at", "pk")
    found: tuple[str, Any] = due.values_list("record__kind", "record__unit_id")[:500].query.sql_with_params()
    return found


def plan_of(statement: str, params: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{statement}", params)
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())


@pytest.fixture
def desk(county: County) -> County:
    staff(county.units["emo"], ("值班甲", "13800000001", "duty_officer"), by=SYSTEM)
    return county


def test_it_looks_only_at_what_is_due(desk: County) -> None:
    now = minute()  # once, since a minute later others are told too
    start = now - 40 * MINUTE
    run_clock(open_record("matter", "先做一次", unit=desk.units["emo"]), started=start)
    do_due(now)  # what a process asks only once
    Clock.objects.update(next_at=None)
    costs, queries = [], []
    for running in (FEW, MANY):
        run_many(desk, running)
        record = open_record("matter", "到期", unit=desk.units["emo"])
        for turn in range(DUE):
            run_clock(record, started=start, turn=turn)
        costs.append(work(*looks(now)))
        rules()  # kept from now on, and asked once a second whether they changed
        with CaptureQueriesContext(connection) as asked:
            assert do_due(now) == DUE
        queries.append(len(asked))
        assert do_due(now) == 0
        Clock.objects.filter(record=record).update(next_at=None)
    assert costs[1] < 2 * costs[0]
    assert abs(queries[1] - queries[0]) <= 1
    plan = plan_of(*looks(now))
    assert "clock_next" in plan, plan
    assert not re.search(r"SCAN clocks_clock(?! USING INDEX)|Seq Scan on clocks_clock", plan), plan


def test_nothing_due_costs_one_query_and_no_transaction(desk: County, django_assert_num_queries: Any) -> None:
    run_many(desk, FEW)
    with django_assert_num_queries(1):
        assert do_due() == 0
