"""Every pair of the transition table, walked through the services that carry it out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import WrongState
from fenghuo.readiness.plans.models import Plan, PlanState
from fenghuo.readiness.plans.services import change_plan, create_plan, draft_next_edition, fall_due
from fenghuo.readiness.plans.services.filing import NOTING, file_now
from fenghuo.readiness.plans.states import PLAN_STATES
from tests.county import County

VERBS = ("file", "fall_due", "extend", "replace")
type Make = Callable[..., Plan]


def today() -> date:
    return timezone.localdate()


def in_state(make: Make, state: str) -> Plan:
    """A plan that came into this state by the services."""
    if state == PlanState.DRAFTED:
        return make()
    if state == PlanState.FILED:
        return make(filed_on=today())
    if state == PlanState.DUE:
        return make(filed_on=date(2015, 1, 1), next_due=date(2018, 1, 1))
    old = make(filed_on=today())
    new = draft_next_edition(old, by=SYSTEM)
    change_plan(new, by=SYSTEM, filed_on=today())
    return Plan.objects.select_related("record__unit").get(pk=old.pk)


def do(plan: Plan, verb: str) -> None:
    if verb == "file":
        file_now(plan, today(), by=SYSTEM, how=NOTING)
    elif verb == "fall_due":
        Plan.objects.filter(pk=plan.pk).update(next_due=today() - timedelta(days=1))
        if fall_due() != 1:
            PLAN_STATES.check(plan.state, verb)
    elif verb == "extend":
        PLAN_STATES.check(plan.state, verb)
        change_plan(plan, by=SYSTEM, next_due=today() + timedelta(days=400))
    else:
        assert plan.record.unit is not None
        PLAN_STATES.check(plan.state, verb)
        create_plan(
            by=SYSTEM,
            unit=plan.record.unit,
            replaces=plan,
            name="下一版",
            kind="grassroots",
            filed_on=today(),
            edition=2,
        )


@pytest.mark.parametrize("state", PlanState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_leads_where_the_table_says_or_is_refused(
    county: County, make: Make, db: None, state: str, verb: str
) -> None:
    plan = in_state(make, state)
    assert plan.state == state
    rows = {(row.start, row.verb): row.end for row in PLAN_STATES.rows}
    if (state, verb) in rows:
        do(plan, verb)
        assert Plan.objects.get(pk=plan.pk).state == rows[state, verb]
    elif (state, verb) in ((PlanState.FILED, "file"), (PlanState.DUE, "file")):
        # Noting the day again of what is filed is a correction of the day, no transition.
        do(plan, verb)
        assert Plan.objects.get(pk=plan.pk).state == state
    else:
        with pytest.raises(WrongState):
            do(plan, verb)
        assert Plan.objects.get(pk=plan.pk).state == state


def test_the_words_of_the_table_are_all_there() -> None:
    used = {row.start for row in PLAN_STATES.rows} | {row.end for row in PLAN_STATES.rows}
    assert used == set(PlanState.values)
    assert {row.verb for row in PLAN_STATES.rows} == set(VERBS)
