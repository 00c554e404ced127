"""Whatever happens to records: the matrix equals a recount, and a past day is shown as it was shown on that day."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.measures.asking import Moment
from fenghuo.oversight.workplan.models import WorkPlan
from fenghuo.oversight.workplan.reckoning import Stand
from fenghuo.oversight.workplan.selectors import matrix
from fenghuo.oversight.workplan.services import add_clause, add_target, create_plan, put_in_force
from tests.county import County

from .recount import recount
from .world import BASE, VERBS, YEAR, World, on_day

TARGETS: dict[str, dict[str, Any]] = {
    "teams": {"measure": "teams.registered", "options": {"kind": "general", "people": "20"}, "quota": 2},
    "drills": {"measure": "submissions.accepted", "options": {"kind": "exercise_record_up"}},
    "quarters": {"measure": "submissions.accepted", "options": {"kind": "expert_group"}, "every": "quarter"},
    "valid": {"measure": "plans.valid", "options": {"kind": "grassroots"}},
    "filed": {"measure": "plans.filed", "options": {"kind": "grassroots"}},
    "posts": {"measure": "organisations.posts", "quota_kind": "percent", "quota": 100},
    "led": {"measure": "organisations.led_below", "options": {"units": "committee"}, "quota_kind": "percent"},
    "villages": {"measure": "plans.covered", "options": {"who": "village"}, "quota_kind": "percent", "quota": 100},
}
KEEPS_NO_PAST = {"villages"}  # the daily count of coverage is made by the tick, which does not run here

type Seen = dict[tuple[str, int], tuple[str, int, int]]


def make_plan(county: County) -> WorkPlan:
    plan = create_plan(by=SYSTEM, unit=county.units["emo"], year=YEAR, title="要点")
    clause = add_clause(plan, by=SYSTEM, number="1", title="条款")
    due = BASE.date().replace(month=12, day=31)
    for key, said in TARGETS.items():
        kinds = ["township", "department"] if key not in ("villages", "led") else ["township"]
        add_target(clause, by=SYSTEM, key=key, title=key, kinds=kinds, due=due, **said)
    return put_in_force(plan, by=SYSTEM, happened_at=BASE)


def seen(plan: WorkPlan, moment: Moment) -> Seen:
    found = matrix(SYSTEM, plan, moment)
    return {
        (row.target.key, cell.unit.pk): (cell.reading.stand.value, cell.reading.value, cell.reading.quota)
        for row in found.rows
        for cell in row.cells.values()
    }


def compare(plan: WorkPlan) -> None:
    found = matrix(SYSTEM, plan, Moment.now())
    assert {row.target.key for row in found.rows} == set(TARGETS)
    for row in found.rows:
        for cell in row.cells.values():
            value, quota = recount(row.target.key, cell.unit, timezone.localdate())
            if cell.reading.stand is Stand.FREE:
                assert quota == 0
            else:
                assert (cell.reading.value, cell.reading.quota) == (value, quota), (row.target.key, cell.unit)


steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 20), st.integers(0, 20), st.integers(0, 2)),
    min_size=1,
    max_size=20,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_after_any_changes_and_on_any_past_day(county: County, happened: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        with on_day(0):
            plan = make_plan(county)
            world = World(county)
        day, by_day = 1, dict[int, Seen]()
        for step, (verb, one, two, passes) in enumerate(happened):
            day += passes
            with on_day(day, step):
                try:
                    with transaction.atomic():
                        world.do(verb, one, two)
                except Refused:
                    pass
                compare(plan)
                by_day[day] = seen(plan, Moment.now())
        with on_day(day + 3):
            for then, was in by_day.items():
                moment = Moment.end_of(BASE.date() + timedelta(days=then))
                assert moment.past
                now = seen(plan, moment)
                kept = {key for key in was if key[0] not in KEEPS_NO_PAST}
                assert {key: now[key] for key in kept} == {key: was[key] for key in kept}, then
                assert {now[key][0] for key in was if key[0] in KEEPS_NO_PAST} == {"unknown"}
        transaction.set_rollback(True)


def test_every_verb_really_happens(county: County) -> None:
    """So that the test above says something: none of them is always refused."""
    with on_day(0):
        plan, world, done = make_plan(county), World(county), set[str]()
    order = ("team", "proof", "withdraw", "plan", "plan_filed", "plan_due", "plan_extended", "plan_next", "post")
    for day, verb in enumerate([*order, *VERBS, "proof", *VERBS], 1):
        with on_day(day):
            for one in range(4):
                try:
                    with transaction.atomic():
                        world.do(verb, one, one)
                    done.add(verb)
                except Refused:
                    continue
            compare(plan)
    assert done == set(VERBS)
