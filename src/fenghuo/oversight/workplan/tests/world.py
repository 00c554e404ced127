"""What may happen in a county that a plan is measured by, each act by numbers that choose among what is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock

from django.db.models import QuerySet
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Person, Post, Unit
from fenghuo.kernel.registry.services import add_person, appoint, archive_person, end_post, restore_person
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.services import accept, return_, withdraw
from fenghuo.oversight.workplan.models import Proof
from fenghuo.oversight.workplan.services import archive_proof, create_proof, send_proof
from fenghuo.readiness.plans.models import Plan, PlanState
from fenghuo.readiness.plans.services import (
    archive_plan,
    change_plan,
    create_plan,
    draft_next_edition,
    restore_plan,
)
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import archive_team, change_team, create_team, restore_team
from tests.county import County

_serial = count(1)
BASE = datetime(2026, 1, 10, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
YEAR = 2026
real_now = timezone.now


@contextmanager
def on_day(day: int, minute: int = 0) -> Iterator[None]:
    """So many minutes into the morning of that day after BASE, going on by as much as really passes."""
    began, from_ = real_now(), BASE + timedelta(days=day, minutes=minute)

    def now() -> datetime:
        return from_ + (real_now() - began)

    with mock.patch("django.utils.timezone.now", now):
        yield


class World:
    def __init__(self, county: County) -> None:
        self._units = [county.units[name] for name in ("a", "b", "village", "psb")]

    def do(self, verb: str, one: int, two: int) -> None:
        getattr(self, f"do_{verb}")(one, two)

    def _unit(self, number: int) -> Unit:
        return Unit.objects.select_related("region", "record").get(pk=self._units[number % len(self._units)].pk)

    def do_team(self, one: int, two: int) -> None:
        kind = ("general", "professional")[two % 2]
        create_team(by=SYSTEM, unit=self._unit(one), name=f"队{next(_serial)}", kind=kind, people=(5, 20, 30)[two % 3])

    def do_team_people(self, one: int, two: int) -> None:
        change_team(
            pick(Team.objects.filter(record__archived_at=None), one), by=SYSTEM, people=(3, 20, None, 40)[two % 4]
        )

    def do_team_kind(self, one: int, two: int) -> None:
        kind = ("general", "professional")[two % 2]
        change_team(pick(Team.objects.filter(record__archived_at=None), one), by=SYSTEM, people=20 + two, name=kind)

    def do_team_gone(self, one: int, _two: int) -> None:
        archive_team(pick(Team.objects.filter(record__archived_at=None), one), by=SYSTEM, reason="解散")

    def do_team_back(self, one: int, _two: int) -> None:
        restore_team(pick(Team.objects.filter(record__archived_at__isnull=False), one), by=SYSTEM)

    def do_proof(self, one: int, two: int) -> None:
        kind = ("exercise_record_up", "expert_group")[two % 2]
        made = create_proof(by=SYSTEM, unit=self._unit(one), kind=kind, title=f"材料{next(_serial)}")
        (sent,) = send_proof(made, by=SYSTEM, on_paper=True)
        if two % 3:
            accept(sent, by=SYSTEM)

    def do_accept(self, one: int, _two: int) -> None:
        accept(pick(Submission.objects.filter(state="submitted"), one), by=SYSTEM)

    def do_return(self, one: int, _two: int) -> None:
        return_(pick(Submission.objects.filter(state="submitted"), one), by=SYSTEM, reason="缺材料")

    def do_withdraw(self, one: int, _two: int) -> None:
        withdraw(pick(Submission.objects.filter(state="submitted"), one), by=SYSTEM, reason="误报")

    def do_proof_gone(self, one: int, _two: int) -> None:
        archive_proof(pick(Proof.objects.filter(record__archived_at=None), one), by=SYSTEM, reason="作废")

    def do_plan(self, one: int, two: int) -> None:
        unit, today = self._unit(one), timezone.localdate()
        filed: dict[str, Any] = {"filed_on": today} if two % 2 else {}
        create_plan(
            by=SYSTEM, unit=unit, name=f"预案{next(_serial)}", kind=("grassroots", "department")[two % 3 % 2], **filed
        )

    def do_plan_filed(self, one: int, _two: int) -> None:
        change_plan(pick(Plan.objects.filter(state=PlanState.DRAFTED), one), by=SYSTEM, filed_on=timezone.localdate())

    def do_plan_due(self, one: int, _two: int) -> None:
        plan = pick(Plan.objects.filter(state=PlanState.FILED, record__archived_at=None), one)
        change_plan(plan, by=SYSTEM, next_due=timezone.localdate() - timedelta(days=1))

    def do_plan_extended(self, one: int, two: int) -> None:
        later = timezone.localdate() + timedelta(days=400 + two)
        change_plan(
            pick(Plan.objects.filter(state=PlanState.DUE, record__archived_at=None), one), by=SYSTEM, next_due=later
        )

    def do_plan_next(self, one: int, _two: int) -> None:
        draft_next_edition(
            pick(Plan.objects.filter(state__in=("filed", "due"), record__archived_at=None), one), by=SYSTEM
        )

    def do_plan_gone(self, one: int, _two: int) -> None:
        archive_plan(pick(Plan.objects.filter(record__archived_at=None), one), by=SYSTEM, reason="撤销")

    def do_plan_back(self, one: int, _two: int) -> None:
        restore_plan(pick(Plan.objects.filter(record__archived_at__isnull=False), one), by=SYSTEM)

    def do_post(self, one: int, two: int) -> None:
        unit = self._unit(one)
        person = add_person(by=SYSTEM, name="李四", unit=unit, mobile="13800000000")
        appoint(person, by=SYSTEM, unit=unit, role=("head", "clerk", "member")[two % 3], since=timezone.localdate())

    def do_post_end(self, one: int, _two: int) -> None:
        end_post(pick(Post.objects.filter(until=None), one), by=SYSTEM, on=timezone.localdate() - timedelta(days=1))

    def do_person_gone(self, one: int, _two: int) -> None:
        archive_person(pick(Person.objects.filter(record__archived_at=None), one), by=SYSTEM, reason="调离")

    def do_person_back(self, one: int, _two: int) -> None:
        restore_person(pick(Person.objects.filter(record__archived_at__isnull=False), one), by=SYSTEM)


def pick(rows: QuerySet[Any], number: int) -> Any:
    """One of them, with what services ask of it."""
    with_record = "record" in {one.name for one in rows.model._meta.get_fields()}
    found = list((rows.select_related("record__unit__region") if with_record else rows).order_by("pk"))
    if not found:
        raise Refused("nothing is there")
    return found[number % len(found)]


VERBS = sorted(name.removeprefix("do_") for name in vars(World) if name.startswith("do_"))
