"""What every verb on a plan begins with: who may keep it, and the plan as it is now, held."""

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services.keeping import hold_record, keeps, looked_at, require_keeping

from ..models import Plan


def may_change(by: Actor, plan: Plan) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    return by.may("plans.write") and keeps(by, owner_of(plan))


def owner_of(plan: Plan) -> Unit:
    assert plan.record.unit is not None  # create_plan gives it one
    return plan.record.unit


def begin(plan: Plan, *, by: Actor, version: int | None = None, archived: bool = False) -> Plan:
    """Right, lock, and whether it is (not) archived; `version`: the one that the change was made upon.

    Raises: NotFound, NotAllowed, Conflict (changed meanwhile), WrongState.
    """
    require(by, "plans.write", plan)  # before the lock: what is not seen is not found
    require_keeping(by, "plans.write", owner_of(plan))
    hold_record(plan.pk, version=version, archived=archived)
    return locked(plan)


def locked(plan: Plan) -> Plan:
    return Plan.objects.select_related("record__unit__region", "record__region").lock(plan)


def touch(plan: Plan, by: Actor, *fields: str) -> None:
    """Store these fields; count the change and note who looked at it when."""
    if fields:
        plan.save(update_fields=fields)
    looked_at(plan.pk, by)
    plan.record.refresh_from_db(fields=("version", "checked_at", "checked_by"))
