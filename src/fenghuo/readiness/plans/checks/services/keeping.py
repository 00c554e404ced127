"""Who organises, visits and corrects; and the row as it is now, held."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services.keeping import keeps

from ...models import CheckItem, CheckRound


def may_organise(by: Actor, round_: CheckRound) -> bool:
    """Whoever organises it, nobody else, not even those above."""
    return by.may("plan_checks.organise") and (by.is_system or by.unit_id == round_.record.unit_id)


def may_check(by: Actor, item: CheckItem, action: str = "plan_checks.check") -> bool:
    """The unit that visits it, or the organiser; nobody checks the own unit, or verifies there."""
    visits = by.is_system or by.unit_id in (item.checker_id, item.round.record.unit_id)
    return by.may(action) and visits and (by.is_system or by.unit_id != item.record.unit_id)


def may_correct(by: Actor, item: CheckItem) -> bool:
    """The unit itself; where it has no computer those above it, unless they are who verifies it."""
    if not by.may("plan_checks.correct"):
        return False
    if by.is_system or by.unit_id == item.record.unit_id:
        return True
    return by.unit_id not in (item.checker_id, item.round.record.unit_id) and keeps(by, unit_of(item))


def may_enter(by: Actor, item: CheckItem) -> bool:
    """Who organises the check, for a unit that has no computer and brought a paper; nobody for the own unit."""
    return by.may("plan_checks.correct") and may_organise(by, item.round) and by.unit_id != item.record.unit_id


def unit_of(item: CheckItem) -> Unit:
    assert item.record.unit is not None  # draw_round gives it one
    return item.record.unit


def organiser_of(round_: CheckRound) -> Unit:
    assert round_.record.unit is not None  # create_round gives it one
    return round_.record.unit


def hold_round(round_: CheckRound, *, by: Actor) -> CheckRound:
    """Raises: NotFound, NotAllowed (another's round)."""
    require(by, "plan_checks.organise", round_)
    if not may_organise(by, round_):
        raise NotAllowed(_("Only the unit that organises this check may do this."))
    return CheckRound.objects.select_related("record__unit__region", "record__region").lock(round_)


def hold_item(item: CheckItem, action: str, *, by: Actor) -> CheckItem:
    """For whoever visits it. Raises: NotFound, NotAllowed."""
    require(by, action, item)
    if not may_check(by, item, action):
        raise NotAllowed(_("Only the unit that visits it, or who organises the check, may do this; nobody its own."))
    return locked(item)


def locked(item: CheckItem) -> CheckItem:
    joined = CheckItem.objects.select_related("record__unit__region", "record__unit__record", "round__record")
    return joined.lock(item)
