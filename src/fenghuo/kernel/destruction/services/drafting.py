"""draft_order: somebody proposes what is to be destroyed, and why; nothing is touched yet."""

from collections.abc import Sequence
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.access.rows import Rows, insert_rows
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_register_number
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.registry.services import open_record

from ..models import Item, ItemState, Order, OrderState
from ..previewing import held
from ..reach import obstacles, together
from ..rooms import reason_said
from ..states import ORDER_STATES
from .values import SHOWN, basis_faults, find_records, reason_faults

AT_ONCE = 1000  # rows in one transaction
KIND = "destruction"


def draft_order(numbers: Sequence[str], *, by: Actor, basis: str, reason: str, basis_text: str = "") -> Order:
    """Draw up an order over these records, named by their numbers, and what belongs to them.

    Not one transaction: many records go in by parts, and only the last makes it an order that can be confirmed.
    Raises: NotAllowed, Invalid naming every field that is wrong, and records that are open, held, ordered already.
    """
    require(by, "destruction.draft")
    faults = [*basis_faults(basis, basis_text), *reason_faults(reason)]
    named, unfound = find_records(list(numbers), by)
    faults += unfound
    records = together(named)
    if not unfound:
        faults += _record_faults(named, records, by)
    if faults:
        raise Invalid(*faults)
    order = prepare(by=by, basis=basis, basis_text=basis_text.strip(), reason=reason.strip())
    add_items(order, named, records)
    return submit(order, by=by)


def _record_faults(named: Sequence[int], records: Sequence[int], by: Actor) -> list[Fault]:
    hidden = sum(
        len(some) - Record.objects.visible_to(by).filter(pk__in=some).count() for some in batched(records, AT_ONCE)
    )
    if hidden:
        said = _("%(count)s records that belong to these are out of your sight: ask a unit that sees them all")
        return [Fault("records", said % {"count": hidden}, hidden)]
    found = obstacles(records)
    if found:
        numbers = dict(Record.objects.filter(pk__in=list(found)[:SHOWN]).values_list("pk", "number"))
        said = "; ".join(f"{numbers[pk]}: {reason_said(why)}" for pk, why in list(found.items())[:SHOWN])
        more = f" … ({len(found)})" if len(found) > SHOWN else ""
        return [Fault("records", said + more, list(numbers.values()))]
    if not held(records):
        return [Fault("records", reason_said("nothing_left"), len(named))]
    return []


@transaction.atomic
def prepare(*, by: Actor, basis: str, basis_text: str, reason: str, rule: str = "", no: int | None = None) -> Order:
    """An order without records yet. `no`: its number when it was given elsewhere before."""
    no = no or _next_number()
    unit = Unit.objects.select_related("region").filter(pk=by.unit_id).first()
    region = unit.region if unit else home_region()
    opened = open_record(
        KIND,
        "个人信息销毁",
        unit=unit,
        region=region,
        number=f"X-{no:04d}",
        demo=by.demo or (by.is_system and region is not None and region.record.demo),
    )
    return Order.objects.create(
        record=opened,
        no=no,
        basis=basis,
        basis_text=basis_text,
        reason=reason,
        rule=rule,
        drafted_by_id=by.post_id,
        drafted_at=timezone.now(),
    )


def add_items(order: Order, named: Sequence[int], records: Sequence[int]) -> None:
    """The records of an order; the write lock is given back after each part."""
    wanted = set(named)
    for some in batched(records, AT_ONCE):
        rows = [(order.pk, target, target in wanted, ItemState.WAITING, "") for target in some]
        with transaction.atomic():
            insert_rows(Rows(Item, ("order", "target", "named", "state", "why"), rows))


@transaction.atomic
def submit(order: Order, *, by: Actor) -> Order:
    """It is whole now and waits for its confirmation."""
    order = Order.objects.select_related("record").lock(order)
    order.state = OrderState(ORDER_STATES.check(order.state, "submit"))
    order.save(update_fields=["state"])
    count = order.items.count()
    record(
        "destruction.drafted",
        by,
        about=[order],
        public={"order": order.no, "records": count, "basis": order.basis, "rule": order.rule},
        private={"reason": order.reason, "basis_text": order.basis_text},
    )
    return order


def _next_number() -> int:
    """Orders are counted through for good: 销毁令第N号. One that a list brought back may stand ahead of the counter."""
    while True:
        no = int(take_register_number(KIND, "X").rpartition("-")[2])
        if not Order.objects.filter(no=no).exists():
            return no
