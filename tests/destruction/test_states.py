"""Every verb in every state of an order."""

from collections.abc import Callable

import pytest

from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.destruction.models import Order, OrderState
from fenghuo.kernel.destruction.previewing import preview
from fenghuo.kernel.destruction.services import cancel_order, confirm_order
from fenghuo.kernel.destruction.services.drafting import prepare, submit
from fenghuo.kernel.destruction.states import ORDER_STATES
from fenghuo.kernel.journal.models import Entry
from tests.county import County
from tests.destruction.orders import confirmed, dismissed_report, drafted, work

VERBS = ("submit", "confirm", "cancel")


def brought_to(county: County, state: str) -> Order:
    clerk, head = county.actor("emo", "clerk"), county.actor("government", "head")
    if state == OrderState.PREPARING:
        return prepare(by=clerk, basis="erl85", basis_text="", reason="x")
    order = drafted(county, dismissed_report(county))
    if state in (OrderState.RUNNING, OrderState.DONE):
        confirmed(county, order)
    if state == OrderState.DONE:
        work()
    if state == OrderState.CANCELLED:
        cancel_order(order, by=head, reason="x")
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("state", OrderState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_pair_is_as_the_table_says(county: County, state: str, verb: str) -> None:
    head = county.actor("government", "head")
    order = brought_to(county, state)
    acts: dict[str, Callable[[], object]] = {
        "submit": lambda: submit(order, by=head),
        "confirm": lambda: confirm_order(order, by=head, seen=preview(order).fingerprint),
        "cancel": lambda: cancel_order(order, by=head, reason="x"),
    }
    entries = Entry.objects.count()
    if verb in ORDER_STATES.verbs(state):
        acts[verb]()
        order.refresh_from_db()
        assert order.state == ORDER_STATES.check(state, verb)
        assert Entry.objects.count() == entries + 1
    else:
        with pytest.raises(WrongState):
            acts[verb]()
        order.refresh_from_db()
        assert order.state == state
        assert Entry.objects.count() == entries
