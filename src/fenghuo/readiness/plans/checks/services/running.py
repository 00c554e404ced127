"""start_round, assign_item, close_round."""

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import Share, Unit
from fenghuo.kernel.journal.recording import record

from ...models import CheckItem, CheckRound, ItemState
from ..states import ITEM_STATES, ROUND_STATES
from ..telling import tell_visitor
from .keeping import hold_round, locked, organiser_of

WHY = "plan_check"
REASON_MOST = 1000


@transaction.atomic
def start_round(round_: CheckRound, *, by: Actor) -> CheckRound:
    """Those who visit see their units from now on, and are told. Raises: NotFound, NotAllowed, WrongState."""
    held = hold_round(round_, by=by)
    held.state = ROUND_STATES.check(held.state, "start")
    held.save(update_fields=["state"])
    items = list(held.items.select_related("checker__record", "checker__region"))
    visiting = {item.checker_id: item.checker for item in items}
    parts = {*visiting, *held.part_rows.values_list("unit", flat=True)} - {organiser_of(held).pk}
    shares = [Share(record_id=held.pk, unit_id=pk, why=WHY) for pk in sorted(parts)]
    shares += [Share(record_id=item.pk, unit_id=item.checker_id, why=WHY) for item in items]
    Share.objects.bulk_create(shares, ignore_conflicts=True)
    for pk, unit in visiting.items():
        tell_visitor(held, unit, sum(item.checker_id == pk for item in items), by=by)
    record("plancheck.started", by, about=[held, organiser_of(held)], public={"units": len(items)})
    return held


@transaction.atomic
def assign_item(item: CheckItem, *, by: Actor, checker: Unit) -> CheckItem:
    """Another unit of those that take part (or the organiser) visits it.

    Raises: NotFound, NotAllowed (itself), WrongState, Invalid (takes no part).
    """
    round_ = hold_round(item.round, by=by)
    held = locked(item)
    ROUND_STATES.check(round_.state, "assign")
    ITEM_STATES.check(held.state, "assign")
    if checker.pk == held.record.unit_id:
        raise NotAllowed(_("Nobody checks the own unit."))
    if checker.pk != organiser_of(round_).pk and not round_.part_rows.filter(unit=checker).exists():
        raise Invalid(Fault("checker", _("takes no part in this round"), checker.name))
    if checker.pk == held.checker_id:
        return held
    Share.objects.filter(record_id=held.pk, unit=held.checker_id, why=WHY).delete()
    held.checker = checker
    held.save(update_fields=["checker"])
    if round_.state == "under_way":
        Share.objects.get_or_create(record_id=held.pk, unit=checker, defaults={"why": WHY})
        tell_visitor(round_, checker, 1, by=by)
    record("plancheck.assigned", by, about=[held, round_, checker], public={"to": checker.name})
    return held


@transaction.atomic
def close_round(round_: CheckRound, *, by: Actor, reason: str = "") -> CheckRound:
    """No more visits; what was found is put right also afterwards. `reason`: needed where units were not checked.

    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    held = hold_round(round_, by=by)
    held.state = ROUND_STATES.check(held.state, "close")
    left = held.items.exclude(state=ItemState.CHECKED).count()
    faults = list(text_faults("reason", reason, REASON_MOST))
    if left and not reason.strip():
        said = _("%(n)s units have not been checked: say why the round is closed all the same")
        faults.append(Fault("reason", said % {"n": left}, reason))
    if faults:
        raise Invalid(*faults)
    held.closing = reason.strip()
    held.save(update_fields=["state", "closing"])
    private = {"reason": held.closing} if held.closing else None
    record("plancheck.closed", by, about=[held, organiser_of(held)], public={"left": left}, private=private)
    return held
