"""Searching the whole journal: for auditors page by page, for machines and exports in the order of positions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid, NotFound

from .lines import Shown, lines_of
from .models import Entry, Position
from .reach import Reach
from .wanted import Wanted

PAGE = 50
COUNTED = 10_000  # beyond it a page says "more than"
LARGEST = 2**63 - 1
STEP = 20_000  # positions that one question of a machine looks through


@dataclass(frozen=True, slots=True)
class Found:
    """`next`: the position after which the following page begins, None on the last."""

    shown: list[Shown]
    next: int | None


def search(reach: Reach, wanted: Wanted, *, before: int | None = None, limit: int = PAGE) -> Found:
    """What was recorded (or happened, when that time is asked for) last comes first; at most 2 queries.

    The order is that of an index beginning with verb, unit or post, so that what is asked for is found without sorting
    the journal. A page begins behind the entry with position `before`. Raises: Invalid, when there is no such entry.
    """
    order = (f"-{wanted.time}", "-pk")
    beyond = Q() if before is None else _beyond(wanted, before)
    shown = lines_of(newest_entries(reach, wanted, beyond, order, limit + 1), reach, order)
    more = len(shown) > limit
    return Found(shown[:limit], shown[limit - 1].line.position if more else None)


def entry_at(reach: Reach, position: int) -> Shown:
    """One entry by its position. Raises: NotFound, the same for what may not be read."""
    shown = lines_of(reach.entries().filter(numbered=min(position, LARGEST)), reach, ("numbered",))
    if not shown:
        raise NotFound(_("There is no such entry, or you may not see it."))
    return shown[0]


def count_of(reach: Reach, wanted: Wanted, most: int = COUNTED) -> int:
    """How many entries fit; `most` + 1 when there are more than that. 1 query."""
    return reach.entries().filter(wanted.condition()).order_by()[: most + 1].count()


def records_meant(reach: Reach, said: str, field: str = "about") -> tuple[int, ...]:
    """The records of this number (a region and its government may share one), or the one with this key.

    Raises: Invalid, the same for what does not exist and what may not be seen. At most 2 queries.
    """
    said = said.strip()
    found = tuple(reach.records().filter(number=said).values_list("pk", flat=True)[:50]) if said else ()
    key = said.removeprefix("#")
    if not found and key.isascii() and key.isdigit() and int(key[:20]) <= LARGEST:
        found = tuple(reach.records().filter(pk=int(key[:20])).values_list("pk", flat=True))
    if not found:
        raise Invalid(Fault(field, _("There is no such record, or you may not see it."), said[:64]))
    return found


def entries_after(reach: Reach, wanted: Wanted, after: int, limit: int) -> tuple[list[Shown], int]:
    """Entries in the order of positions, and the position to ask after next time. 2 queries.

    However rare the entry asked for, one question looks through STEP positions and no more: the answer may be
    shorter than `limit`, or empty, while there is more to come. It is at the end when the position stays the same.
    """
    last = Position.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    end = min(after + STEP, last)
    if end <= after:
        return [], after
    window = Position.objects.filter(pk__gt=after, pk__lte=end).values("entry")
    found = reach.entries().filter(wanted.condition(), pk__in=window).order_by("numbered")
    shown = lines_of(found[: limit + 1], reach, ("numbered",))
    if len(shown) > limit:
        return shown[:limit], shown[limit - 1].line.position or after
    return shown, end


def every_entry(reach: Reach, wanted: Wanted, until: int, chunk: int = 1000) -> Iterator[list[Shown]]:
    """All that fit, up to position `until`, in the order of positions and in chunks; 1 query each."""
    after = 0
    while True:
        found = reach.entries().filter(wanted.condition(), numbered__gt=after, numbered__lte=until)
        shown = lines_of(found.order_by("numbered")[:chunk], reach, ("numbered",))
        if shown:
            yield shown
        if len(shown) < chunk:
            return
        after = shown[-1].line.position or until


def newest_entries(reach: Reach, wanted: Wanted, beyond: Q, order: tuple[str, ...], limit: int) -> QuerySet[Entry]:
    """The first `limit` entries in this order. Several verbs: the first of each, since only those can be among them.

    Each part is one walk along the index of its verb; asked for together, all entries of these verbs would be sorted.
    """
    fitting = reach.entries().filter(wanted.condition(but_verbs=True), beyond)
    if len(wanted.verbs) < 2:
        return reach.entries().filter(wanted.condition(), beyond).order_by(*order)[:limit]
    if wanted.records or wanted.who is not None:  # few enough to sort
        return reach.entries().filter(wanted.condition(), beyond).order_by(*order)[:limit]
    parts = [
        Entry.objects.filter(pk__in=fitting.filter(verb=verb).order_by(*order).values("pk")[:limit]).order_by()
        for verb in wanted.verbs
    ]
    keys = parts[0].values("pk").union(*(part.values("pk") for part in parts[1:]), all=True)
    return Entry.objects.filter(pk__in=keys).order_by(*order)[:limit]


def _beyond(wanted: Wanted, position: int) -> Q:
    at = Entry.objects.filter(numbered=min(position, LARGEST)).values_list(wanted.time, "pk").first()
    if at is None:
        raise Invalid(Fault("before", _("There is no such place in the journal: begin at the first page."), position))
    moment, pk = at
    return Q(**{f"{wanted.time}__lt": moment}) | Q(**{wanted.time: moment, "pk__lt": pk})
