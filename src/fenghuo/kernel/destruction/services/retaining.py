"""What rules of retention ask for, done on time: an order for each rule that is due, by the system."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.standards.retention import Retention, retention_rules

from ..models import Order, OrderState
from ..previewing import cautions, held
from ..reach import obstacles, together
from ..rooms import rooms
from ..states import ORDER_STATES
from .confirming import cancel_order
from .drafting import add_items, prepare, submit

MOST_NAMED = 200  # records in one order of a rule
MOST_LOOKED_AT = 5000
BASIS = "rule"
CUT_OFF = timedelta(minutes=10)


def rules() -> dict[str, Retention]:
    """The rules in force here, the county's own in place of the shipped ones. Raises: ValueError."""
    return retention_rules(settings.OWN_RETENTION)


def apply_rules(now: datetime | None = None) -> list[Order]:
    """Make the orders that are due, at most one a rule, and sweep what belongs to no record; the orders made.

    A rule whose last order is still running waits for it. A file of rules with a mistake stops all rules, and is said.
    """
    now = now or timezone.now()
    made = [_begin(order) for order in Order.objects.filter(state=OrderState.DRAFTED).exclude(rule="")]
    for rule in rules().values():
        if not rule.active or not rule.holds(timezone.localdate(now)):
            continue
        for room in rooms():
            if sweep := room.sweeps.get(rule.subject):
                _sweep(rule, sweep, now)
            if due := room.due.get(rule.subject):
                order = _order(rule, due(rule.before(now)))
                made += [order] if order else []
    return made


def _order(rule: Retention, due: Iterable[int]) -> Order | None:
    unfinished = (OrderState.PREPARING, OrderState.DRAFTED, OrderState.RUNNING)
    if Order.objects.filter(rule=rule.id, state__in=unfinished).exists():
        return None
    named: list[int] = []
    records: dict[int, None] = {}
    for place, candidate in enumerate(due):
        if len(named) == MOST_NAMED or place == MOST_LOOKED_AT:
            break
        if candidate in records:
            continue
        every = together([candidate])
        if not obstacles(every) and not cautions(every) and held(every):
            named.append(candidate)
            records |= dict.fromkeys(every)
    if not named:
        return None
    order = prepare(by=SYSTEM, basis=BASIS, basis_text=rule.cited, reason=rule.said[0], rule=rule.id)
    add_items(order, named, list(records))
    submit(order, by=SYSTEM)
    return _begin(order)


@transaction.atomic
def _begin(order: Order) -> Order:
    """The rule has decided: nobody is asked. Who put it in force answers for it."""
    order = Order.objects.select_related("record").lock(order)
    order.state = OrderState(ORDER_STATES.check(order.state, "confirm"))
    order.confirmed_at = timezone.now()
    order.save(update_fields=["state", "confirmed_at"])
    public = {"order": order.no, "records": order.items.count(), "rule": order.rule}
    record("destruction.confirmed", SYSTEM, about=[order], public=public)
    return order


@transaction.atomic
def _sweep(rule: Retention, sweep: Callable[[datetime], int], now: datetime) -> None:
    """Away with it, and say so where the county's own entries stand: it has no record of its own."""
    count, home = sweep(rule.before(now)), home_region()
    if count and home is not None:
        public = {"rule": rule.id, "what": rule.subject, "count": count}
        record("destruction.swept", SYSTEM, about=[home], public=public)


def give_up_cut_off(now: datetime | None = None) -> int:
    """Orders whose drawing up was cut off by a kill name records that nobody else could name; how many there were."""
    before = (now or timezone.now()) - CUT_OFF
    found = list(Order.objects.filter(state=OrderState.PREPARING, drafted_at__lt=before))
    for order in found:
        cancel_order(order, by=SYSTEM, reason="cut off")
    return len(found)
