"""What may be asked of the journal by people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.scoped import visible

from .models import Entry, EntryAbout, Position
from .telling import Told, tell


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline. `position` is None for the moment until the sequencer has seen the entry."""

    entry: Entry
    position: int | None
    verb: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    text: str
    has_private: bool
    destroyed_by: int | None = None  # number of the order that removed its private value
    titles: tuple[str, ...] = ()

    def told_anew(self) -> str:
        """Its sentence in the language that is spoken now."""
        return tell(Told(self.verb, self.entry.actor_label, json.loads(self.entry.text)["public"], self.titles))


def head() -> int:
    """The highest position given so far; 0 in an empty journal."""
    last = Position.objects.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def entries_about(record_pk: int, actor: Actor, *, limit: int = 200, also: Sequence[str] = ()) -> list[Line]:
    """The record's timeline, newest first; empty when the actor may not see the record. 1 query.

    Titles of other records that the actor may not see are left out. `also`: one-to-one relations of Entry that the
    caller wants with it, as `Line.entry` shows them.
    """
    seen = Record.objects.visible_to(actor).filter(pk=record_pk)
    newest = Entry.objects.filter(about__record__in=seen).order_by("-happened_at", "-pk")[:limit]
    wanted = ("record", *(f"entry__{name}" for name in ("numbered", "private", "destroyed", *also)))
    rows = (
        EntryAbout.objects.filter(entry__in=newest.values("pk"))
        .annotate(seen=_seen_by(actor))
        .select_related("entry", *wanted)
        .order_by("-entry__happened_at", "-entry_id", "place")
    )
    hidden = _("(not visible to you)")
    told: dict[int, tuple[Entry, list[str]]] = {}
    for row in rows:
        title = row.record.title if row.seen else hidden
        told.setdefault(row.entry_id, (row.entry, []))[1].append(title)
    return [line_of(entry, titles) for entry, titles in told.values()]


def recent_entries(
    actor: Actor, kinds: Sequence[str], limit: int, *, since: datetime | None = None
) -> list[tuple[Line, Record]]:
    """The newest lines about records of these kinds that the actor may see, each with its subject; 1 query.

    What became known last comes first, whenever it happened. `since`: nothing recorded earlier. Titles of other
    records that the actor may not see are left out.
    """
    seen = Record.objects.visible_to(actor).filter(kind__in=kinds)
    subject = EntryAbout.objects.filter(entry=OuterRef("pk"), place=0, record__in=seen)
    newest = Entry.objects.filter(Exists(subject)).order_by("-pk")
    if since is not None:
        newest = newest.filter(recorded_at__gte=since)
    rows = (
        EntryAbout.objects.filter(entry__in=newest.values("pk")[:limit])
        .annotate(seen=_seen_by(actor))
        .select_related("entry__numbered", "entry__private", "entry__destroyed", "record")
        .order_by("-entry_id", "place")
    )
    hidden = _("(not visible to you)")
    told: dict[int, tuple[EntryAbout, list[str]]] = {}
    for row in rows:
        told.setdefault(row.entry_id, (row, []))[1].append(row.record.title if row.seen else hidden)
    return [(line_of(first.entry, titles), first.record) for first, titles in told.values()]


def _seen_by(actor: Actor) -> Case | Value:
    """Whether the actor sees the record of an EntryAbout, as a column."""
    condition = visible(actor, "record__")
    if not condition:
        return Value(True, BooleanField())
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def line_of(entry: Entry, titles: list[str]) -> Line:
    public = json.loads(entry.text)["public"]
    numbered = getattr(entry, "numbered", None)
    destroyed = getattr(entry, "destroyed", None)
    return Line(
        entry=entry,
        position=numbered.position if numbered else None,
        verb=entry.verb,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        actor=_("the system") if entry.unit_id is None and entry.actor_label == SYSTEM.label else entry.actor_label,
        text=tell(Told(entry.verb, entry.actor_label, public, tuple(titles))),
        has_private=getattr(entry, "private", None) is not None,
        titles=tuple(titles),
        destroyed_by=destroyed.order_no if destroyed else None,
    )
