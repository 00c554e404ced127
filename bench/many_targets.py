"""The matrix and a count for each cell, medians as JSON: python -m bench.many_targets UNITS PAPERS ENTRIES"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import batched
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.kernel.access.models import Person, Post, Record, Region, Unit  # noqa: E402
from fenghuo.kernel.measures.asking import Moment  # noqa: E402
from fenghuo.kernel.registry.services import create_region, create_unit  # noqa: E402
from fenghuo.kernel.submissions.models import Submission  # noqa: E402
from fenghuo.oversight.workplan.models import Target  # noqa: E402
from fenghuo.oversight.workplan.selectors import matrix, plan_of  # noqa: E402
from fenghuo.oversight.workplan.services import add_clause, add_target, create_plan, put_in_force  # noqa: E402
from fenghuo.oversight.workplan.spans import spans_of  # noqa: E402
from fenghuo.readiness.organisations.rules import needed  # noqa: E402
from fenghuo.readiness.plans.models import Duty, Plan  # noqa: E402
from fenghuo.readiness.teams.models import Team  # noqa: E402

KINDS = (
    "exercise_record_up",
    "expert_group",
    "expert_rules",
    "team_filing",
    "work_rules",
    "body_founded",
    "meeting_minutes",
)
PARTS = 8  # every eighth unit is asked cell by cell
YEAR = timezone.localdate().year
FIRST = timezone.make_aware(datetime(YEAR, 1, 1))


def fill(units: int, papers: int, entries: int) -> list[Unit]:
    lot = Random(610118)
    with transaction.atomic():
        county = create_region(by=SYSTEM, code="610118000000", name="鄠邑区", level="county", parent=None)
        office = create_unit(by=SYSTEM, code="610118000000-EMO", name="应急局", kind="emergency_office", region=county)
    towns = list[Unit]()
    for chunk in batched(range(units), 100):
        with transaction.atomic():
            for number in chunk:
                code = f"6101{number + 20000:05d}000"
                region = create_region(by=SYSTEM, code=code, name=f"镇{number}", level="town", parent=county)
                towns.append(create_unit(by=SYSTEM, code=code, name=f"镇{number}", kind="township", region=region))
    _papers(lot, towns, office, papers)
    _teams(lot, towns)
    _plans(lot, towns)
    _posts(lot, towns)
    _villages(lot, towns)
    _plan(office)
    _entries(entries, [unit.pk for unit in towns])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return towns


def _records(kind: str, owners: list[Unit]) -> list[Record]:
    return Record.objects.bulk_create(
        [Record(kind=kind, title=kind, unit=one, region=one.region, block=one.region.path) for one in owners]
    )


def _when(lot: Random) -> datetime:
    past = max(1, int((timezone.now() - FIRST).total_seconds()))
    return FIRST + timedelta(seconds=lot.randrange(past))


def _papers(lot: Random, towns: list[Unit], office: Unit, papers: int) -> None:
    for chunk in batched(range(papers), 4000):
        owners = [lot.choice(towns) for _ in chunk]
        held, sent = _records("workplan_proof", owners), _records("submission", owners)
        rows = []
        for place, (paper, record, owner) in enumerate(zip(held, sent, owners, strict=True)):
            state, at = lot.choice(("accepted", "accepted", "submitted", "returned")), _when(lot)
            rows.append(
                Submission(
                    record=record,
                    paper=paper,
                    kind=KINDS[(chunk[place]) % len(KINDS)],
                    act=f"{chunk[place]}",
                    sender=owner,
                    receiver=office,
                    state=state,
                    sent_at=at,
                    settled_at=at if state == "accepted" else None,
                )
            )
        Submission.objects.bulk_create(rows)


def _teams(lot: Random, towns: list[Unit]) -> None:
    owners = [town for town in towns for _ in range(10)]
    teams = [
        Team(
            record=record,
            kind=lot.choice(("general", "professional", "volunteer")),
            people=lot.randrange(200),
            state_since=FIRST,
        )
        for record in _records("team", owners)
    ]
    Team.objects.bulk_create(teams, batch_size=2000)


def _plans(lot: Random, towns: list[Unit]) -> None:
    owners = [town for town in towns for _ in range(6)]
    plans = [
        Plan(
            record=record,
            kind=lot.choice(("grassroots", "special", "department")),
            state=lot.choice(("filed", "due", "replaced")),
            filed_on=date(YEAR - lot.randrange(3), 1, 5),
        )
        for record in _records("plan", owners)
    ]
    Plan.objects.bulk_create(plans, batch_size=2000)


def _posts(lot: Random, towns: list[Unit]) -> None:
    owners = [town for town in towns for _ in range(3)]
    people = Person.objects.bulk_create([Person(record=one, name="人") for one in _records("person", owners)])
    Post.objects.bulk_create(
        [
            Post(person=person, unit=owner, role=lot.choice(("head", "clerk", "member")), since=date(2020, 1, 1))
            for person, owner in zip(people, owners, strict=True)
        ]
    )


def _villages(lot: Random, towns: list[Unit]) -> None:
    """Twenty to a town, each with the plan that it must have, or without."""
    for number, town in enumerate(towns):
        regions, units = [], []
        for village in range(20):
            record = Record(kind="region", title="村", block=f"{town.region.path}{village + 1:04d}")
            regions.append((record, f"{town.code[:9]}{village + 200:03d}"))
        held = Record.objects.bulk_create([record for record, _code in regions])
        made = Region.objects.bulk_create(
            [
                Region(record=one, code=code, name="村", level="village", parent=town.region, path=one.block)
                for one, (_record, code) in zip(held, regions, strict=True)
            ]
        )
        records = Record.objects.bulk_create(
            [Record(kind="unit", title="村", region=one, block=one.path) for one in made]
        )
        units = Unit.objects.bulk_create(
            [
                Unit(record=record, code=region.code, name=f"村{number}", kind="committee", region=region)
                for record, region in zip(records, made, strict=True)
            ]
        )
        Duty.objects.bulk_create(
            [
                Duty(unit=unit, plan_kind="grassroots", who="village", rules="x", state="none", since=FIRST)
                for unit in units
                if lot.random() < 0.9
            ]
        )


def _plan(office: Unit) -> None:
    with transaction.atomic():
        plan = create_plan(by=SYSTEM, unit=office, year=YEAR, title="要点")
        clause = add_clause(plan, by=SYSTEM, number="1", title="条款")
        wanted: list[dict[str, Any]] = [
            {"measure": "submissions.accepted", "options": {"kind": kind}, "every": every}
            for every in ("once", "quarter")
            for kind in KINDS
        ]
        teams = [(kind, people) for kind in ("general", "professional", "volunteer") for people in ("0", "50", "100")]
        wanted += [{"measure": "teams.registered", "options": {"kind": kind, "people": n}} for kind, n in teams]
        for slug in ("plans.valid", "plans.filed"):
            wanted += [{"measure": slug, "options": {"kind": k}} for k in ("grassroots", "special", "department")]
        for part in ("leading", "office", "leading office"):
            wanted.append({"measure": "organisations.posts", "options": {"part": part}, "quota_kind": "percent"})
        for quota in range(50, 90, 5):
            said = {"options": {"who": "village"}, "quota_kind": "percent", "quota": quota}
            wanted.append({"measure": "plans.covered", **said})
        for place, said in enumerate(wanted[:40]):
            due = date(YEAR, 12, 31)
            add_target(clause, by=SYSTEM, key=f"t{place}", title=f"指标{place}", kinds=["township"], due=due, **said)
        put_in_force(plan, by=SYSTEM, happened_at=FIRST)


def _entries(entries: int, keys: list[int]) -> None:
    """Raw, in one statement a table: what is measured is asking beside them."""
    series = "generate_series(1, %s) AS n(n)"
    if connection.vendor == "sqlite":
        series = "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %s) SELECT n FROM c) AS n"
    verb = "CASE WHEN n.n %% 1000 = 0 THEN 'team.restored' ELSE 'bench.' || (n.n %% 150) END"
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM journal_entry")
        last = cursor.fetchone()[0]
        moment = connection.ops.adapt_datetimefield_value(FIRST)
        cursor.execute(
            "INSERT INTO journal_entry (id, verb, actor_label, address, happened_at, recorded_at, text) "
            f"SELECT {last} + n.n, {verb}, 'x', '', %s, %s, '{{\"public\":{{}}}}' FROM {series}",
            [moment, moment, entries],
        )
        low, many = min(keys), len(keys)
        cursor.execute(
            f"INSERT INTO journal_entryabout (entry_id, record_id, place) SELECT {last} + n.n, {low}, 0 FROM {series}",
            [entries],
        )
        assert many


def by_cell(towns: list[Unit], targets: list[Target]) -> dict[tuple[str, int], tuple[int, int]]:
    """As one would write it without thinking of the number: each cell asks for its own records."""
    rules, today, now = needed(), timezone.localdate(), timezone.now()
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for unit in towns:
        for target in targets:
            found[target.key, unit.pk] = _cell(unit, target, rules, today, now)
    return found


def _cell(unit: Unit, target: Target, rules: Any, today: date, now: datetime) -> tuple[int, int]:
    options = target.options
    if target.measure == "submissions.accepted":
        counts = [
            Submission.objects.filter(
                sender=unit,
                kind=options["kind"],
                state__in=("accepted", "deemed"),
                paper__archived_at=None,
                settled_at__gte=span.since,
                settled_at__lt=min(span.until, now),
            )
            .values("paper")
            .distinct()
            .count()
            for span in spans_of(YEAR, target.every, target.due)
        ]
        return (counts[0], 1) if target.every == "once" else (sum(n > 0 for n in counts), 4)
    if target.measure == "teams.registered":
        teams = Team.objects.filter(record__unit=unit, record__archived_at=None, kind=options["kind"])
        return teams.filter(Q(people__gte=int(options["people"]))).count(), 1
    if target.measure.startswith("plans.") and target.measure != "plans.covered":
        plans = Plan.objects.filter(record__unit=unit, record__archived_at=None, kind=options["kind"])
        if target.measure == "plans.valid":
            return plans.filter(state="filed").count(), 1
        return plans.filter(filed_on__gte=date(YEAR, 1, 1), filed_on__lte=today).count(), 1
    if target.measure == "organisations.posts":
        asked = [rule for rule in rules if unit.kind in rule.kinds and rule.part in options["part"].split()]
        held = [
            Post.objects.filter(Q(until=None) | Q(until__gte=today), unit=unit, role__in=rule.roles, since__lte=today)
            .filter(person__record__archived_at=None)
            .exists()
            for rule in asked
        ]
        return sum(held), len(held)
    duties = Duty.objects.filter(unit__record__block__startswith=unit.region.path, who="village")
    return duties.filter(state="filed").count(), duties.count()


def median(do: Callable[[], Any], times: int) -> float:
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        spans.append((time.perf_counter() - began) * 1000)
    return round(sorted(spans)[times // 2], 1)


def main() -> None:
    units, papers, entries = (int(word) for word in sys.argv[1:4])
    call_command("migrate", verbosity=0)
    towns = fill(units, papers, entries)
    plan = plan_of(SYSTEM, YEAR, Moment.now())
    assert plan is not None
    targets = list(Target.objects.order_by("place"))
    with CaptureQueriesContext(connection) as asked:
        found = matrix(SYSTEM, plan, Moment.now())
    cells = {
        (row.target.key, pk): (cell.reading.value, cell.reading.quota)
        for row in found.rows
        for pk, cell in row.cells.items()
    }
    part = [Unit.objects.select_related("region").get(pk=unit.pk) for unit in towns[::PARTS]]
    counted = by_cell(part, targets)
    equal = all(cells[key] == value for key, value in counted.items() if value[1])
    past = Moment.end_of(timezone.localdate() - timedelta(days=30))
    median_ms = {
        "matrix": median(lambda: matrix(SYSTEM, plan, Moment.now()), 7),
        "by cell": round(median(lambda: by_cell(part, targets), 3) * len(towns) / len(part), 0),
        "past day": median(lambda: matrix(SYSTEM, plan, Moment(past.at, past=True)), 3),
    }
    print(
        json.dumps(
            {
                "units": units,
                "targets": len(targets),
                "cells": len(cells),
                "papers": papers,
                "entries": entries,
                "queries": len(asked),
                "median_ms": median_ms,
                "equal": equal,
            }
        )
    )


if __name__ == "__main__":
    main()
