"""add_clause, change_clause, withdraw_clause."""

from typing import Unpack

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid
from fenghuo.kernel.journal.recording import record

from ..models import Clause, PlanState, Target, WorkPlan
from .keeping import begin, reason_given
from .values import ClauseValues, check_clause


@transaction.atomic
def add_clause(plan: WorkPlan, *, by: Actor, reason: str = "", **said: Unpack[ClauseValues]) -> Clause:
    """At the end of the plan. Raises: NotFound, NotAllowed, WrongState, Invalid, Conflict (the number is there)."""
    held = begin(plan, "change", by=by)
    if lacking := [name for name in ("number", "title") if name not in said]:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    check_clause(said)
    why = reason_given(held, reason)
    _free(held, said["number"].strip())
    last = Clause.objects.filter(plan=held).aggregate(last=Max("place"))["last"] or 0
    made = Clause.objects.create(
        plan=held, place=last + 1, **{name: str(value).strip() for name, value in said.items()}
    )
    record("workplan.clause_added", by, about=[held], public={"clause": str(made), "reason": why})
    return made


@transaction.atomic
def change_clause(clause: Clause, *, by: Actor, reason: str = "", **said: Unpack[ClauseValues]) -> Clause:
    """Its number and words. Raises: NotFound, NotAllowed, WrongState, Invalid, Conflict."""
    held = begin(clause.plan, "change", by=by)
    check_clause(said)
    why = reason_given(held, reason)
    if "number" in said and said["number"].strip() != clause.number:
        _free(held, said["number"].strip())
    for name, value in said.items():
        setattr(clause, name, str(value).strip())
    clause.save(update_fields=list(said))
    record("workplan.clause_changed", by, about=[held], public={"clause": str(clause), "reason": why})
    return clause


@transaction.atomic
def withdraw_clause(clause: Clause, *, by: Actor, reason: str = "") -> Clause:
    """With all its targets. Of a draft it is simply gone. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    held = begin(clause.plan, "change", by=by)
    why, now, name = reason_given(held, reason), timezone.now(), str(clause)
    if held.state == PlanState.DRAFT:
        Target.objects.filter(clause=clause).delete()
        clause.delete()
    else:
        Target.objects.filter(clause=clause, until=None).update(until=now, reason=why)
        clause.withdrawn_at = now
        clause.save(update_fields=["withdrawn_at"])
    record("workplan.clause_withdrawn", by, about=[held], public={"clause": name, "reason": why})
    return clause


def _free(plan: WorkPlan, number: str) -> None:
    if Clause.objects.filter(plan=plan, number=number).exists():
        raise Conflict(_("There is a clause %(number)s in this plan already.") % {"number": number})
