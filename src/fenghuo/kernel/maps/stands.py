"""Where on the roads teams and places stand: looked up when a place is new, not with every question.

The key is the position itself, so that whoever moves is looked up anew, and once; what stands still is remembered for
as long as its graph is in force. Each process remembers for itself: a place takes some millionths of a second.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from weakref import WeakKeyDictionary

import numpy as np

from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.snapping import Stand, Stands, snap_all

MOST = 50_000  # positions of one mode: with more, those of before are forgotten

type Position = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Known:
    """`rows`: position → its row in `stands`. Never changed: who reads it reads one whole state."""

    rows: dict[Position, int]
    stands: Stands


_lock = threading.Lock()
_known: WeakKeyDictionary[RoadGraph, dict[str, Known]] = WeakKeyDictionary()


def stand_of(graph: RoadGraph, mode: str, place: Position) -> Stand | None:
    """None where no road that this mode may use is near."""
    return stands_of(graph, mode, [place])[0]


def stands_of(graph: RoadGraph, mode: str, places: Sequence[Position]) -> Stands:
    """Of each place, in their order."""
    known = _known.get(graph, {}).get(mode)
    if known is None or any(place not in known.rows for place in places):
        known = _with(graph, mode, places)
    rows = np.array([known.rows[place] for place in places], np.int64)
    return Stands(*(getattr(known.stands, one.name)[rows] for one in fields(Stands)))


def _with(graph: RoadGraph, mode: str, places: Sequence[Position]) -> Known:
    with _lock:
        modes = _known.setdefault(graph, {})
        before = modes.get(mode)
        if before is not None and len(before.rows) > MOST:
            before = None
        rows = dict(before.rows) if before else {}
        new = [place for place in dict.fromkeys(places) if place not in rows]
        if before and not new:  # another thread was quicker
            return before
        stands = snap_all(graph, mode, new)
        if before:
            pairs = ((getattr(before.stands, one.name), getattr(stands, one.name)) for one in fields(Stands))
            stands = Stands(*(np.concatenate(pair) for pair in pairs))
        rows |= {place: len(rows) + row for row, place in enumerate(new)}
        modes[mode] = Known(rows, stands)
        return modes[mode]
