"""remind_due: who has not reached what falls due soon, or is overdue, is told; once for each step before the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.clocks.desks import people_of
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.messaging.models import ChannelName
from fenghuo.kernel.messaging.services import Notice, notify_each
from fenghuo.kernel.web.words import listed

from ..models import PlanState, Reminder, Target, WorkPlan
from ..reckoning import lags_behind
from ..selectors.matrix import matrix

STEPS = (30, 7, 1)  # days before it is due (本县设定)
OVERDUE = -1
CHUNK = 10  # units in one transaction
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Due:
    unit: Unit
    targets: Sequence[tuple[Target, int]]  # with the step


def remind_due(day: date | None = None) -> int:
    """One plan that nobody looked at today; how many units were told. 1 query when all were."""
    today = day or timezone.localdate()
    waiting = WorkPlan.objects.filter(state=PlanState.IN_FORCE, year=today.year).exclude(reminded_on__gte=today)
    plan = waiting.select_related("record__unit__region", "region").order_by("pk").first()
    if plan is None:
        return 0
    due = _due(plan, today)
    for some in batched(due, CHUNK, strict=False):
        _tell(plan, some)
    with transaction.atomic():
        held = WorkPlan.objects.lock(plan)
        held.reminded_on = today
        held.save(update_fields=["reminded_on"])
        if due:
            targets = {target.pk for one in due for target, _step in one.targets}
            public = {"units": len(due), "targets": len(targets)}
            record("workplan.reminded", SYSTEM, about=[plan], public=public)
    return len(due)


def step_of(target: Target, today: date) -> int | None:
    """The step that is reached: the smallest that is no less than the days that are left; None: not yet."""
    left = (target.due - today).days
    if left < 0:
        return OVERDUE
    return min((step for step in STEPS if left <= step), default=None)


def _due(plan: WorkPlan, today: date) -> list[_Due]:
    """By unit, what it has not been told at this step."""
    found = matrix(SYSTEM, plan, Moment.now())
    wanted: dict[int, list[tuple[Target, int]]] = {}
    for row in found.measured:
        step = step_of(row.target, today)
        if step is not None:
            for pk, cell in row.cells.items():
                if lags_behind(cell.reading):
                    wanted.setdefault(pk, []).append((row.target, step))
    told = set(Reminder.objects.filter(target__clause__plan=plan).values_list("target", "unit", "step"))
    units = {unit.pk: unit for unit in found.units}
    due = [
        _Due(units[pk], [(target, step) for target, step in theirs if (target.pk, pk, step) not in told])
        for pk, theirs in wanted.items()
    ]
    return sorted((one for one in due if one.targets), key=lambda one: one.unit.code)


def _tell(plan: WorkPlan, some: Sequence[_Due]) -> None:
    """Another worker that is as quick is refused by the row that is there once a step, and so tells nobody twice."""
    now = timezone.now()
    with override(settings.LANGUAGE_CODE):
        notices = [notice for one in some for notice in _notices(plan, one)]
    rows = [Reminder(target=target, unit=one.unit, step=step, at=now) for one in some for target, step in one.targets]
    with transaction.atomic():
        Reminder.objects.bulk_create(rows)
        notify_each(notices, by=SYSTEM, channels=[ChannelName.IN_APP])


def _notices(plan: WorkPlan, one: _Due) -> list[Notice]:
    late = [target for target, step in one.targets if step == OVERDUE]
    soon = [target for target, step in one.targets if step != OVERDUE]
    parts = []
    if late:
        parts.append(_("overdue: %(targets)s") % {"targets": _named(late)})
    if soon:
        parts.append(_("due soon: %(targets)s") % {"targets": _named(soon)})
    said = _("%(plan)s, %(unit)s: %(parts)s. {link}") % {
        "plan": plan.record.title,
        "unit": one.unit.name,
        "parts": "; ".join(parts),
    }
    link = settings.BASE_URL + reverse("workplan:unit", args=[one.unit.code])
    people = people_of(one.unit, [Role.CLERK], timezone.localdate())[Role.CLERK]
    subject = str(_("Work plan"))
    return [Notice(receiver, said, plan.pk, subject, link) for receiver in people]


def _named(targets: Sequence[Target]) -> str:
    shown = [f"{one.clause.number} {one.title} ({one.due:%m-%d})" for one in targets[:MOST_NAMED]]
    more = len(targets) - len(shown)
    return listed(shown) + (_(" and %(n)s more") % {"n": more} if more > 0 else "")
