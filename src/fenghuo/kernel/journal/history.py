"""The history of one record: what was done about it, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.models import Record, Unit

from .lines import Shown, lines_of
from .models import Entry
from .reach import Reach, reach_of
from .wanted import Wanted

PAGE = 100
MOST_READ = 5000  # lines of one record that are read for a word in them
LARGEST = 2**63 - 1

type Sift = Callable[[list[Shown]], list[Shown]]


@dataclass(frozen=True, slots=True)
class History:
    """`next`: the position after which the following page begins, None on the last.

    `count`: how many lines fit the filter in all; `cut`: older ones than MOST_READ were not searched for the word.
    """

    shown: list[Shown]
    next: int | None = None
    count: int = 0
    cut: bool = False


def record_read(actor: Actor, pk: int) -> tuple[Record, Reach]:
    """A record whose history the actor may read. Raises: NotFound, the same for what is not there. 1 or 2 queries."""
    reach = reach_of(actor)
    found = reach.records().select_related("unit").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found, reach


def newest_lines(record_pk: int, reach: Reach, wanted: Wanted, limit: int, also: Sequence[str] = ()) -> list[Shown]:
    """What is shown on the record's own page; empty when it may not be read. 1 query."""
    order = ("-happened_at", "-pk")
    found = _about(reach.records().filter(pk=record_pk)).filter(wanted.condition())
    return lines_of(found.order_by(*order)[:limit], reach, order, also)


def history_of(
    record: Record,
    reach: Reach,
    wanted: Wanted,
    *,
    newest_first: bool = True,
    after: int | None = None,
    limit: int = PAGE,
    fitting: Sift | None = None,
    also: Sequence[str] = (),
) -> History:
    """One page, by the time it happened; at most 3 queries. `fitting` keeps the lines that hold what is looked for.

    Raises: Invalid (`after` is no position of this history).
    """
    order = ("-happened_at", "-pk") if newest_first else ("happened_at", "pk")
    found = _about(Record.objects.filter(pk=record.pk)).filter(wanted.condition())
    if fitting is not None:
        return _sifted(found, reach, fitting, order, after, limit, also)
    count = found.count()
    rest = found.filter(_beyond(found, after, newest_first)) if after is not None else found
    shown = lines_of(rest.order_by(*order)[: limit + 1], reach, order, also)
    more = len(shown) > limit
    return History(shown[:limit], shown[limit - 1].line.position if more else None, count)


def units_acting(record: Record) -> list[Unit]:
    """Those whose people or machines have done something about it. 1 query."""
    acted = Entry.objects.filter(about__record=record, unit__isnull=False).values("unit")
    return list(Unit.objects.filter(pk__in=acted).order_by("code"))


def _about(records: QuerySet[Record]) -> QuerySet[Entry]:
    return Entry.objects.filter(about__record__in=records)


def _beyond(found: QuerySet[Entry], position: int, newest_first: bool) -> Q:
    at = found.filter(numbered=min(position, LARGEST)).values_list("happened_at", "pk").first()
    if at is None:
        raise Invalid(Fault("after", _("There is no such place in this history: begin at the first page."), position))
    happened_at, pk = at
    if newest_first:
        return Q(happened_at__lt=happened_at) | Q(happened_at=happened_at, pk__lt=pk)
    return Q(happened_at__gt=happened_at) | Q(happened_at=happened_at, pk__gt=pk)


def _sifted(
    found: QuerySet[Entry],
    reach: Reach,
    fitting: Sift,
    order: tuple[str, ...],
    after: int | None,
    limit: int,
    also: Sequence[str],
) -> History:
    """Sentences are made here, in the reader's language and without what they may not see; so they are searched here.

    The sealed text would tell what is hidden: who may guess a word could ask whether it stands there.
    """
    read = lines_of(found.order_by(*order)[: MOST_READ + 1], reach, order, also)
    kept = fitting(read[:MOST_READ])
    start = 0
    if after is not None:
        places = [place for place, one in enumerate(kept) if one.line.position == after]
        if not places:
            raise Invalid(Fault("after", _("There is no such place in this history: begin at the first page."), after))
        start = places[0] + 1
    shown = kept[start : start + limit]
    more = len(kept) > start + limit
    return History(shown, shown[-1].line.position if more else None, len(kept), cut=len(read) > MOST_READ)
