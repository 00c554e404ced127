"""Private values that an order removed: which, by which order, and whether the journal itself says so."""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from django.db import connection
from django.db.models import Count

from .models import Destroyed, Entry, EntryAbout, Private

CARRIED_OUT = "destruction.carried_out"  # public: order (its number), entries (keys of those whose values went)
CHUNK = 500


def destroyed_by(entry_ids: Iterable[int]) -> dict[int, int]:
    """entry → number of the order, for those of these entries whose private value was removed by order."""
    found: dict[int, int] = {}
    for some in batched(entry_ids, CHUNK):
        found |= dict(Destroyed.objects.filter(entry__in=some).values_list("entry_id", "order_no"))
    return found


def count_by_order() -> dict[int, int]:
    """How many private values each order has destroyed, by its number."""
    counted = Destroyed.objects.values("order_no").annotate(count=Count("pk")).order_by("order_no")
    return dict(counted.values_list("order_no", "count"))


def unfounded(entry_ids: Sequence[int]) -> dict[int, str]:
    """entry → what is wrong, for those of these that are said to be destroyed and are not as an order left them.

    The order's own entry must name them, with its number, and must come after them; and the value must be gone.
    """
    rows = list(Destroyed.objects.filter(entry__in=entry_ids).values_list("entry_id", "order_no", "by_entry_id"))
    if not rows:
        return {}
    named = {pk: _named(verb, text) for pk, verb, text in _orders({row[2] for row in rows})}
    there = set(Private.objects.filter(entry__in=[row[0] for row in rows]).values_list("pk", flat=True))
    wrong = {}
    for entry, order_no, by_entry in rows:
        number, entries = named.get(by_entry, (None, frozenset()))
        if number != order_no or entry not in entries or by_entry <= entry:
            wrong[entry] = f"private value was removed without order {order_no}"
        elif entry in there:
            wrong[entry] = f"private value is there although order {order_no} destroyed it"
    return wrong


def entries_with_values(records: Collection[int]) -> list[int]:
    """Entries with a private value whose subject is one of these records, oldest first.

    One that merely mentions them goes when its own subject goes: it may belong to something that is still open.
    """
    found: list[int] = []
    for some in batched(records, CHUNK):
        rows = EntryAbout.objects.filter(record__in=some, place=0, entry__private__isnull=False)
        found += rows.values_list("entry_id", flat=True)
    return sorted(found)


def remove_values(entries: Sequence[int], *, order_no: int, by_entry: int) -> int:
    """Remove the private values of these entries for good; how many there were. Inside the order's own transaction.

    Calls no model's delete: the database's rule lets exactly these rows go.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("private values go in the transaction of the order that destroys them")
    Destroyed.objects.bulk_create(
        [Destroyed(entry_id=entry, order_no=order_no, by_entry_id=by_entry) for entry in entries]
    )
    count = 0
    for some in batched(entries, CHUNK):
        count += Private.objects.filter(pk__in=some)._raw_delete(using=connection.alias)
    return count


def _orders(keys: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    return Entry.objects.filter(pk__in=keys).values_list("pk", "verb", "text")


def _named(verb: str, text: str) -> tuple[int | None, frozenset[int]]:
    """(number of the order, the entries it names) in the sealed text of an order's entry."""
    if verb != CARRIED_OUT:
        return None, frozenset()
    try:
        public = json.loads(text)["public"]
        return int(public["order"]), frozenset(map(int, public["entries"]))
    except (ValueError, KeyError, TypeError):
        return None, frozenset()
