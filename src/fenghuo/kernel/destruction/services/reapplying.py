"""After a restore: what was destroyed since the backup was made is there again, and is destroyed again.

The list of orders is a small file kept outside the database (settings.DESTRUCTION_ORDERS, and wherever the operator
puts its copy). It holds numbers of records and no personal values.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record

from ..models import Item, ItemState, Order, OrderState
from ..states import ORDER_STATES
from .drafting import add_items, prepare

FORMAT = "fenghuo destruction orders 1"


@dataclass(frozen=True, slots=True)
class Written:
    """An order as the list has it. `records`: (kind, number, key) of what it destroyed."""

    no: int
    basis: str
    basis_text: str
    reason: str
    rule: str
    drafted_at: datetime
    records: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Again:
    """What one order of the list asks for here. `missing`: records that are younger than the backup."""

    no: int
    here: int
    missing: int
    order: Order | None


def written_orders() -> dict[str, Any]:
    """The list of every order that has destroyed anything, as a JSON document."""
    found = Order.objects.filter(items__state=ItemState.DONE).distinct().order_by("no")
    return {
        "format": FORMAT,
        "node": settings.NODE,
        "written_at": timezone.now().isoformat(),
        "orders": [
            {
                "no": order.no,
                "basis": order.basis,
                "basis_text": order.basis_text,
                "reason": order.reason,
                "rule": order.rule,
                "drafted_at": order.drafted_at.isoformat(),
                "ended_at": order.ended_at.isoformat() if order.ended_at else None,
                "records": list(
                    order.items.filter(state=ItemState.DONE)
                    .order_by("pk")
                    .values_list("target__kind", "target__number", "target_id")
                ),
            }
            for order in found
        ],
    }


def write_list(path: Path | None = None) -> Path:
    """Write the list beside the database, whole or not at all. What it knew and this database does not is kept."""
    path = path or settings.DESTRUCTION_ORDERS
    document = written_orders()
    known = {(one["no"], one["drafted_at"]) for one in document["orders"]}
    if path.is_file():
        older = json.loads(path.read_text(encoding="utf-8")).get("orders", [])
        document["orders"] += [one for one in older if (one["no"], one["drafted_at"]) not in known]
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    beside.chmod(0o600)
    beside.replace(path)
    return path


def read_orders(text: str) -> list[Written]:
    """Raises: Invalid when it is no such list."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise ValueError(f"format {document['format']!r}")
        if settings.NODE and document.get("node") not in ("", None, settings.NODE):
            raise ValueError(f"it is of the installation {document['node']!r}")
        return [
            Written(
                no=int(one["no"]),
                basis=str(one["basis"]),
                basis_text=str(one["basis_text"]),
                reason=str(one["reason"]),
                rule=str(one["rule"]),
                drafted_at=datetime.fromisoformat(one["drafted_at"]),
                records=tuple((str(kind), str(number), int(pk)) for kind, number, pk in one["records"]),
            )
            for one in document["orders"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = _("is no list of destruction orders (fenghuo destruction export writes one): %(why)s")
        raise Invalid(Fault("file", said % {"why": error})) from error


def reapply(orders: list[Written]) -> list[Again]:
    """What these orders destroyed and is here again is to be carried out once more; see carry_out_part.

    What is open here by now, because the backup is older than its closing, is left and said, as always.
    """
    return [_again(written) for written in sorted(orders, key=lambda one: one.no)]


def _again(written: Written) -> Again:
    existing = Order.objects.filter(no=written.no).first()
    same = existing if existing and existing.drafted_at == written.drafted_at else None
    here = _here(written)
    done = set(same.items.filter(state=ItemState.DONE).values_list("target_id", flat=True)) if same else set()
    wanted = [pk for pk in here if pk not in done]
    missing = len(written.records) - len(here)
    if not wanted:
        return Again(written.no, 0, missing, None)
    order = same or prepare(
        by=SYSTEM,
        basis=written.basis,
        # Another order has got the number since the restore.
        basis_text=f"{written.basis_text}（原销毁令第{written.no}号）" if existing else written.basis_text,
        reason=written.reason,
        rule=written.rule,
        no=None if existing else written.no,
    )
    known = set(order.items.values_list("target_id", flat=True))
    add_items(order, wanted, [pk for pk in wanted if pk not in known])
    return Again(written.no, len(wanted), missing, _begin(order, wanted, written, missing))


def _here(written: Written) -> list[int]:
    """The key and the number must both fit: a number may have been given anew after the restore."""
    found: list[int] = []
    for start in range(0, len(written.records), 500):
        some = written.records[start : start + 500]
        rows = Record.objects.filter(pk__in=[pk for _kind, _number, pk in some]).values_list("kind", "number", "pk")
        found += [pk for _kind, _number, pk in set(rows) & set(some)]
    return sorted(found)


@transaction.atomic
def _begin(order: Order, wanted: list[int], written: Written, missing: int) -> Order:
    order = Order.objects.select_related("record").lock(order)
    order.state = OrderState(ORDER_STATES.check(order.state, "reapply"))
    order.drafted_at = written.drafted_at
    order.confirmed_at, order.ended_at, order.scrubbed_at = order.confirmed_at or timezone.now(), None, None
    order.save(update_fields=["state", "drafted_at", "confirmed_at", "ended_at", "scrubbed_at"])
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        Item.objects.filter(order=order, target__in=some).update(state=ItemState.WAITING, why="", ended_at=None)
    public = {"order": order.no, "records": len(wanted), "missing": missing}
    record("destruction.reapplied", SYSTEM, about=[order], public=public)
    return order
