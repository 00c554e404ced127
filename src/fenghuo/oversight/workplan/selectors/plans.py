"""Plans, clauses and targets as far as an actor may see them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import visible
from fenghuo.kernel.measures.asking import Moment

from ..models import Clause, PlanState, Target, WorkPlan
from ..scopes import NAMED

WITH = ("record__unit__region", "region")


def plans(actor: Actor) -> QuerySet[WorkPlan]:
    """The newest first. What is or was in force is public to everybody in its block; a draft is its keeper's."""
    require(actor, "workplans.read")
    found = WorkPlan.objects.select_related(*WITH).order_by("-year", "-version")
    if actor.is_system:
        return found
    public = Q(state__in=(PlanState.IN_FORCE, PlanState.REPLACED)) & Q(region__path__in=_above(actor.block))
    mine = Q(record__unit=actor.unit_id, record__unit__isnull=False)
    return found.filter(public | mine | (visible(actor, "record__") & ~Q(state=PlanState.DRAFT)))


def _above(block: str) -> list[str]:
    """The paths of a block and of all that holds it."""
    return [block[:length] for length in range(4, len(block) + 1, 4)]


def years(actor: Actor) -> list[int]:
    return list(plans(actor).exclude(state=PlanState.DROPPED).values_list("year", flat=True).distinct())


def plan_of(actor: Actor, year: int | None, moment: Moment) -> WorkPlan | None:
    """The plan of the year, else of the newest, that was in force at the moment; the newest of several."""
    found = plans(actor).filter(since__lt=moment.at).filter(Q(until=None) | Q(until__gte=moment.at))
    if year is not None:
        found = found.filter(year=year)
    return found.order_by("-region__path", "-year", "-version").first()


def plan_by_number(actor: Actor, number: str) -> WorkPlan:
    """Raises: NotFound, also for what may not be seen."""
    one = plans(actor).filter(record__number=number.replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such work plan, or you may not see it."))
    return one


def keeps_plan(actor: Actor, plan: WorkPlan) -> bool:
    """Who writes it: the unit whose plan it is, with the right to."""
    return actor.may("workplans.write") and (actor.is_system or actor.unit_id == plan.record.unit_id)


def may_plan(actor: Actor) -> bool:
    """Who may begin one: an emergency office for its block."""
    return actor.may("workplans.write") and (actor.is_system or actor.unit_kind == UnitKind.EMERGENCY_OFFICE)


def clauses_of(plan: WorkPlan, *, withdrawn: bool = False) -> list[Clause]:
    found = Clause.objects.filter(plan=plan)
    return list(found if withdrawn else found.filter(withdrawn_at=None))


def targets_of(plan: WorkPlan, moment: Moment | None = None) -> list[Target]:
    """In the order of the plan, with clause, block and the units named. 2 queries.

    `moment`: those that were in force then, of a draft those that stand in it; None: all that there ever were.
    """
    found = Target.objects.filter(clause__plan=plan).select_related("clause", "block").prefetch_related(NAMED)
    if moment is None:
        return list(found)
    if plan.state in (PlanState.DRAFT, PlanState.DROPPED):
        return list(found.filter(until=None, clause__withdrawn_at=None))
    return list(found.filter(since__lt=moment.at).filter(Q(until=None) | Q(until__gte=moment.at)))


def target_by(actor: Actor, pk: int) -> Target:
    """Raises: NotFound."""
    found = Target.objects.select_related("clause__plan__record__unit", "clause__plan__region", "block")
    one = found.prefetch_related(NAMED).filter(pk=pk, clause__plan__in=plans(actor).values("pk")).first()
    if one is None:
        raise NotFound(_("There is no such target, or you may not see it."))
    return one
