"""`verify`: walk the whole journal and say whether anything was changed, removed or inserted."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import batched
from typing import Any

from django.db.models import Count, Max, Min

from .canonical import canonical, commitment
from .destroyed import destroyed_by, unfounded
from .models import Entry, EntryAbout, Position, Private, Unnumbered
from .recording import COLUMNS, sealed_form

CHUNK = 1000
SEALED = COLUMNS[1:-1]


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry that is not as it was written, and what is wrong with it."""

    entry: int | None
    position: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`batches` (seals) and are 0 until those exist. `destroyed`: private values removed by order."""

    entries: int
    positions: int
    waiting: int
    batches: int
    destroyed: int
    ok: bool
    first_bad: Bad | None

    def document(self) -> dict[str, Any]:
        return asdict(self)


def verify() -> Verdict:
    """Positions gap-free, every entry numbered or waiting, columns as sealed, private values as committed.

    Runs while others write: what is committed after the start is left to the next run. Until seals exist, whoever
    can switch off the database's rules can still remove the newest entries together with their positions unseen.
    """
    until = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    waiting = Unnumbered.objects.filter(pk__lte=until).count()
    spread = Position.objects.aggregate(count=Count("pk"), first=Min("pk"), last=Max("pk"))
    bad = _first_gap(spread)
    entries = destroyed = 0
    ids = Entry.objects.filter(pk__lte=until).order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
    for chunk in batched(ids, CHUNK):
        entries += len(chunk)
        destroyed += len(destroyed_by(chunk))
        if bad is None:
            bad = next(_bad_in(list(chunk)), None)
    if bad is None:
        bad = _position_without_entry()
    return Verdict(
        entries=entries,
        positions=spread["count"],
        waiting=waiting,
        batches=0,
        destroyed=destroyed,
        ok=bad is None,
        first_bad=bad,
    )


def _first_gap(spread: dict[str, Any]) -> Bad | None:
    if not spread["count"] or (spread["first"] == 1 and spread["last"] == spread["count"]):
        return None
    expected = 1
    for position in Position.objects.order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
        if position != expected:
            return Bad(None, expected, "position is missing")
        expected += 1
    return None


def _position_without_entry() -> Bad | None:
    lost = Position.objects.exclude(entry_id__in=Entry.objects.values("pk")).order_by("pk").first()
    return Bad(lost.entry_id, lost.pk, "entry is missing") if lost else None


def _bad_in(ids: list[int]) -> Iterator[Bad]:
    # The queue is read before the positions: an entry that gets its position in between is found in the queue.
    waiting = set(Unnumbered.objects.filter(pk__in=ids).values_list("pk", flat=True))
    positions = dict(Position.objects.filter(entry__in=ids).values_list("entry_id", "position"))
    private = {row.entry_id: row for row in Private.objects.filter(entry__in=ids)}
    gone, wrongly_gone = destroyed_by(ids), unfounded(ids)
    about: dict[int, list[int]] = {}
    for row in EntryAbout.objects.filter(entry__in=ids).order_by("entry", "place"):
        about.setdefault(row.entry_id, []).append(row.record_id)
    for entry in Entry.objects.filter(pk__in=ids).order_by("pk"):
        position = positions.get(entry.pk)
        held = private.get(entry.pk)
        what = wrongly_gone.get(entry.pk) or _wrong_with(entry, about.get(entry.pk, []), held, entry.pk in gone)
        if what:
            yield Bad(entry.pk, position, what)
        elif position is None and entry.pk not in waiting:
            yield Bad(entry.pk, None, "position is missing")


def _wrong_with(entry: Entry, about: list[int], private: Private | None, destroyed: bool) -> str:
    try:
        sealed = json.loads(entry.text)
        columns = [getattr(entry, name) for name in SEALED]
        rebuilt = canonical(sealed_form(*columns, about=about, public=sealed["public"], private=sealed["private"]))
    except (ValueError, KeyError, TypeError):
        return "text cannot be read"
    if rebuilt != entry.text:
        return f"columns differ from the sealed text: {', '.join(_differing(sealed, json.loads(rebuilt)))}"
    if sealed["private"] is None:
        return "private value was inserted" if private or destroyed else ""
    if private is None:
        return "" if destroyed else "private value is missing"
    try:
        held = commitment(private.salt, private.value) == sealed["private"]
    except ValueError:
        held = False
    return "" if held else "private value differs from its commitment"


def _differing(sealed: dict[str, Any], rebuilt: dict[str, Any]) -> list[str]:
    names = sorted(set(sealed) | set(rebuilt))
    return [name for name in names if sealed.get(name) != rebuilt.get(name)] or ["text"]
