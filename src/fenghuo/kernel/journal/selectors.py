"""What may be asked of the journal by people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Record

from .models import Entry, EntryAbout, Position
from .telling import Told, tell


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline. `position` is None for the moment until the sequencer has seen the entry."""

    entry_id: int
    position: int | None
    verb: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    text: str
    has_private: bool


def head() -> int:
    """The highest position given so far; 0 in an empty journal."""
    last = Position.objects.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def entries_about(record_pk: int, actor: Actor, *, limit: int = 200) -> list[Line]:
    """The record's timeline, newest first; empty when the actor may not see the record. At most 4 queries."""
    if not Record.objects.visible_to(actor).filter(pk=record_pk).exists():
        return []
    found = (
        Entry.objects.filter(about__record=record_pk)
        .select_related("numbered", "private")
        .order_by("-happened_at", "-pk")[:limit]
    )
    return lines(list(found), actor)


def lines(entries: Sequence[Entry], actor: Actor) -> list[Line]:
    """Entries as told to this actor: titles of records that they may not see are left out. 2 queries."""
    rows = EntryAbout.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("entry", "place")
    about: dict[int, list[int]] = {}
    for row in rows:
        about.setdefault(row.entry_id, []).append(row.record_id)
    wanted = {pk for ids in about.values() for pk in ids}
    titles = dict(Record.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "title"))
    hidden = _("(not visible to you)")
    return [_line(entry, [titles.get(pk, hidden) for pk in about.get(entry.pk, [])]) for entry in entries]


def _line(entry: Entry, titles: list[str]) -> Line:
    public = json.loads(entry.text)["public"]
    numbered = getattr(entry, "numbered", None)
    return Line(
        entry_id=entry.pk,
        position=numbered.position if numbered else None,
        verb=entry.verb,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        actor=_("the system") if entry.unit_id is None and entry.actor_label == SYSTEM.label else entry.actor_label,
        text=tell(Told(entry.verb, entry.actor_label, public, tuple(titles))),
        has_private=getattr(entry, "private", None) is not None,
    )
