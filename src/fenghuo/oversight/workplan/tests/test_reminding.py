"""Units are reminded before the day and after it, once for each step, and only of what they have not reached."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.messaging.models import Message
from fenghuo.oversight.workplan.models import Reminder, Target, WorkPlan
from fenghuo.oversight.workplan.services import remind_due
from fenghuo.oversight.workplan.services.reminding import step_of
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import in_force

type Make = Callable[..., Target]

DUE = date(timezone.localdate().year, 12, 31)


@pytest.fixture
def asked(county: County, plan: WorkPlan, target: Make) -> Target:
    """Due at the year's end; township b has reached it."""
    county.post("a", "clerk")
    made = target(title="综合应急队伍")
    create_team(by=SYSTEM, unit=county.units["b"], name="综合队", kind="general", region=county.regions["b"])
    in_force(plan)
    return made


@pytest.mark.parametrize(
    ("days", "step"), [(31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-90, -1)]
)
def test_steps(days: int, step: int | None) -> None:
    assert step_of(Target(due=DUE), DUE - timedelta(days=days)) == step


def test_once_for_each_step_and_only_who_has_not_reached_it(county: County, asked: Target) -> None:
    assert remind_due(DUE - timedelta(days=40)) == 0
    assert remind_due(DUE - timedelta(days=30)) == 1
    assert remind_due(DUE - timedelta(days=30)) == 0  # that day is done
    assert remind_due(DUE - timedelta(days=20)) == 0  # nor again at this step
    assert remind_due(DUE - timedelta(days=5)) == 1
    assert {(one.unit_id, one.step) for one in Reminder.objects.all()} == {
        (county.units["a"].pk, 30),
        (county.units["a"].pk, 7),
    }
    texts = list(Message.objects.values_list("text", flat=True))
    assert len(texts) == 2
    assert all("综合应急队伍" in text and "3.3" in text for text in texts)


def test_a_worker_that_was_away_tells_it_later(asked: Target) -> None:
    assert remind_due(DUE - timedelta(days=3)) == 1
    assert [one.step for one in Reminder.objects.all()] == [7]


def test_a_draft_reminds_nobody(plan: WorkPlan, target: Make) -> None:
    target()
    assert remind_due(DUE - timedelta(days=5)) == 0
