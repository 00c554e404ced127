"""What may be asked of destruction orders and holds; always of one actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.words import english
from fenghuo.standards.retention import bases
from fenghuo.standards.sources import citation

from .models import Hold, Item, ItemState, Order, OrderState


@dataclass(frozen=True, slots=True)
class Destroyed:
    """Which order destroyed what a record held, and when."""

    no: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as this actor may see it: its record's number and title, or that they may not."""

    item: Item
    seen: bool


def orders(actor: Actor, *, state: str = "") -> QuerySet[Order]:
    """Orders that the actor may see, the newest first, with `records` and `gone`. Raises: NotAllowed."""
    require(actor, "destruction.read")
    found = Order.objects.visible_to(actor).select_related("record", "drafted_by__unit", "confirmed_by__unit")
    if state in OrderState.values:
        found = found.filter(state=state)
    return found.annotate(records=Count("items"), gone=Count("items", filter=Q(items__state=ItemState.DONE))).order_by(
        "-no"
    )


def order(actor: Actor, no: int) -> Order:
    """Raises: NotFound, NotAllowed."""
    one = orders(actor).filter(no=no).first()
    if one is None:
        raise NotFound(_("There is no such destruction order, or you may not see it."))
    return one


def to_confirm(actor: Actor) -> QuerySet[Order]:
    """Orders that wait for somebody else than their author."""
    waiting = Order.objects.visible_to(actor).filter(state=OrderState.DRAFTED, rule="")
    return waiting.exclude(drafted_by__person=actor.person_id) if actor.person_id is not None else waiting


def items(found: Order) -> QuerySet[Item]:
    """What it names first, then what goes with it."""
    return found.items.select_related("target").order_by("-named", "pk")


def shown(rows: Iterable[Item], actor: Actor) -> list[Shown]:
    """1 query."""
    rows = list(rows)
    targets = [item.target_id for item in rows]
    seen = set(Record.objects.visible_to(actor).filter(pk__in=targets).values_list("pk", flat=True))
    return [Shown(item, item.target_id in seen) for item in rows]


def destroyed(records: Iterable[int]) -> dict[int, Destroyed]:
    """record → the newest order that destroyed what it held. 1 query."""
    done = Item.objects.filter(target__in=list(records), state=ItemState.DONE).order_by("ended_at", "pk")
    return {
        record: Destroyed(no, at)
        for record, no, at in done.values_list("target_id", "order__no", "ended_at")
        if at is not None
    }


def hold_of(record: int) -> Hold | None:
    """The hold that stands."""
    return Hold.objects.filter(target=record, lifted_at__isnull=True).select_related("held_by__unit").first()


def basis_said(found: Order) -> str:
    """The legal basis in the reader's language; what was not checked against the original is not called checked."""
    basis = bases().get(found.basis)
    if basis is None or not basis.source:
        return found.basis_text
    said = citation(basis.source, basis.article)
    if basis.certainty != "V":
        said = _("%(source)s (original not checked)") % {"source": said}
    words = _("%(basis)s: %(why)s") % {"basis": said, "why": basis.said[int(english())]}
    return f"{words} {found.basis_text}".strip()
