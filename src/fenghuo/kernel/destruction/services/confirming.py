"""confirm_order and cancel_order: a second person decides."""

from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record

from ..models import Item, ItemState, Order, OrderState
from ..previewing import Preview, preview
from ..rooms import reason_said
from ..states import ORDER_STATES
from .drafting import AT_ONCE, add_items


def confirm_order(order: Order, *, by: Actor, seen: str) -> Order:
    """Let it be carried out: from now on the worker removes, part by part. `seen`: fingerprint of the preview shown.

    What has come to belong to its records since the draft goes with them; who confirms has seen the new numbers.
    Raises: NotFound, NotAllowed (the author, or a machine), WrongState (also: something is open or held again),
    Conflict (another preview than the one that was seen).
    """
    require(by, "destruction.confirm", order)
    _not_the_author(order, by)
    ORDER_STATES.check(order.state, "confirm")
    found = preview(order)
    _may_go(found, by)
    if found.fingerprint != seen:
        raise Conflict(_("What will go has changed since it was shown. Look at the list again, then confirm."))
    known = set(Item.objects.filter(order=order).values_list("target_id", flat=True))
    add_items(order, [], [pk for pk in found.records if pk not in known])
    return _confirm(order, found, by)


@transaction.atomic
def _confirm(order: Order, found: Preview, by: Actor) -> Order:
    order = Order.objects.select_related("record").lock(order)
    order.state = OrderState(ORDER_STATES.check(order.state, "confirm"))
    order.confirmed_by_id, order.confirmed_at = by.post_id, timezone.now()
    order.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    public = {"order": order.no, "records": len(found.records), "counts": found.counts}
    record("destruction.confirmed", by, about=[order], public=public)
    return order


def _not_the_author(order: Order, by: Actor) -> None:
    """Two people: also where one person holds two posts."""
    if by.is_system:
        return
    if by.person_id is None:
        raise NotAllowed(_("Only a person in a post can confirm a destruction order."))
    author = order.drafted_by
    if author is not None and author.person_id == by.person_id:
        raise NotAllowed(_("You drew up this order. Another person must confirm it."))


def _may_go(found: Preview, by: Actor) -> None:
    for some in batched(found.records, AT_ONCE):
        if Record.objects.visible_to(by).filter(pk__in=some).count() < len(some):
            raise NotAllowed(_("Some records of this order are out of your sight: somebody who sees all must confirm."))
    if found.obstacles:
        pk, why = next(iter(found.obstacles.items()))
        number = Record.objects.get(pk=pk).number
        raise WrongState(
            _("%(count)s records cannot go now, the first is %(number)s: %(why)s. Cancel the order, draw up another.")
            % {"count": len(found.obstacles), "number": number, "why": reason_said(why)}
        )


@transaction.atomic
def cancel_order(order: Order, *, by: Actor, reason: str) -> Order:
    """It is not carried out, or no further: what is gone is gone, what had not had its turn stays.

    Raises: NotFound, NotAllowed (neither its author nor who may confirm), WrongState, Invalid (no reason).
    """
    require(by, "destruction.draft", order)
    order = Order.objects.select_related("record", "drafted_by").lock(order)
    own = order.drafted_by is not None and order.drafted_by.person_id == by.person_id
    if not own and not by.may("destruction.confirm"):
        raise NotAllowed(_("Only who drew it up, or who may confirm it, can cancel it."))
    before = order.state
    order.state = OrderState(ORDER_STATES.check(order.state, "cancel"))
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why it is cancelled"), reason))
    order.ended_at = timezone.now()
    order.save(update_fields=["state", "ended_at"])
    waiting = order.items.filter(state=ItemState.WAITING)
    left = waiting.update(state=ItemState.LEFT, why="order_cancelled", ended_at=order.ended_at)
    done = order.items.filter(state=ItemState.DONE).count()
    public = {"order": order.no, "before": before, "done": done, "left": left}
    record("destruction.cancelled", by, about=[order], public=public, private={"reason": reason.strip()[:2000]})
    return order
