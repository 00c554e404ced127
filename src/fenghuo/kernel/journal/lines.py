"""Chosen entries as lines that people read, with the records they are about as far as the reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Record

from .models import Entry, EntryAbout
from .reach import Reach
from .selectors import Line, line_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A line and the records of its entry that the reader may see, the subject first."""

    line: Line
    about: tuple[Record, ...]

    @property
    def late(self) -> bool:
        """Entered more than a minute after it happened: both times are shown."""
        return (self.line.recorded_at - self.line.happened_at).total_seconds() > LATE_S


LATE_S = 60


def lines_of(chosen: QuerySet[Entry], reach: Reach, order: Sequence[str], also: Sequence[str] = ()) -> list[Shown]:
    """The entries of a query that is already cut to what is shown, in this order of Entry's fields; 1 query.

    `also`: one-to-one relations of Entry that the caller wants with it.
    """
    by = [f"-entry__{name[1:]}" if name.startswith("-") else f"entry__{name}" for name in order]
    rows = (
        EntryAbout.objects.filter(entry__in=chosen.values("pk"))
        .annotate(seen=_seen(reach.condition("record__")))
        .select_related(
            "entry__numbered", "entry__private", "entry__destroyed", "record", *(f"entry__{name}" for name in also)
        )
        .defer("entry__private__value", "entry__private__salt")
        .order_by(*by, "place")
    )
    hidden = _("(not visible to you)")
    told: dict[int, tuple[Entry, list[str], list[Record]]] = {}
    for row in rows:
        _entry, titles, records = told.setdefault(row.entry_id, (row.entry, [], []))
        titles.append(row.record.title if row.seen else hidden)
        if row.seen:
            records.append(row.record)
    return [Shown(line_of(entry, titles), tuple(records)) for entry, titles, records in told.values()]


def _seen(condition: Q) -> Case | Value:
    if not condition:
        return Value(True, BooleanField())
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
