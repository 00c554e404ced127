"""The graph that is searched, one for each mode: junctions, and beside them states that remember forbidden turns.

A forbidden turn is a sequence of arcs that must not be driven one after the other. Whoever has driven the beginning of
such a sequence is at the junction in a state of its own, from which the rest is not offered; all other states are the
junctions themselves. One may turn round at any junction where no restriction says otherwise, not between two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .access import MODES
from .contracting import Chains, Ints
from .reading import Extract
from .restrictions import Restriction

type Sequence = tuple[int, ...]  # arcs
MOST_STEPS = 50  # arcs between the first and the last of a restriction by ways


@dataclass(slots=True)
class Topology:
    """States and the arcs between them, forward and backward in compressed rows.

    `after`: for each arc the state of whoever has driven it, -1 where this mode may not. `from_states`, by
    `from_pointer` of the arc: all states from which it may be driven.
    """

    junctions: NDArray[np.int32]
    pointer: Ints
    targets: NDArray[np.int32]
    arcs: NDArray[np.int32]
    back_pointer: Ints
    sources: NDArray[np.int32]
    back_arcs: NDArray[np.int32]
    after: NDArray[np.int32]
    from_pointer: Ints
    from_states: NDArray[np.int32]


def junctions_needed(extract: Extract) -> set[int]:
    """Nodes that contraction must keep so that restrictions and barriers can be told."""
    wanted = set(extract.blocked) | {one.via for one in extract.restrictions if one.via is not None}
    by_ways = {way for one in extract.restrictions if one.through for way in (one.origin, one.to, *one.through)}
    for place, way in enumerate(extract.ways):
        if way in by_ways:
            wanted |= {extract.ids[extract.starts[place]], extract.ids[extract.starts[place + 1] - 1]}
    return wanted


def topology_of(chains: Chains, extract: Extract, mode: int) -> Topology:
    usable = np.isfinite(chains.seconds[mode])
    tails = np.stack([chains.tails, chains.heads], axis=1).ravel()
    heads = np.stack([chains.heads, chains.tails], axis=1).ravel()
    roads = _Roads(chains, extract, usable, tails, heads)
    forbidden = set(_barriers(roads, extract, mode)) | set(_restricted(roads, extract, mode))
    return _build(usable, tails, heads, len(chains.nodes), roads, forbidden)


class _Roads:
    """Which arcs leave and reach a junction, asked for a few junctions only."""

    def __init__(self, chains: Chains, extract: Extract, usable: NDArray[np.bool_], tails: Ints, heads: Ints) -> None:
        self.usable, self.heads = usable, heads
        self.junction = {int(node): place for place, node in enumerate(chains.nodes)}
        self.order = np.argsort(tails, kind="stable")
        self.pointer = np.searchsorted(tails[self.order], np.arange(len(chains.nodes) + 1))
        ways = np.frombuffer(extract.ways, dtype=np.int64)[chains.piece_ways]
        first, last = chains.piece_starts[:-1], chains.piece_starts[1:] - 1
        self.first_way = np.stack([ways[first], ways[last]], axis=1).ravel()
        self.ways, self.piece_starts = ways, chains.piece_starts

    def out_of(self, junction: int) -> list[int]:
        arcs = self.order[self.pointer[junction] : self.pointer[junction + 1]]
        return [int(arc) for arc in arcs if self.usable[arc]]

    def into(self, junction: int) -> list[int]:
        arcs = self.order[self.pointer[junction] : self.pointer[junction + 1]] ^ 1
        return [int(arc) for arc in arcs if self.usable[arc]]

    def ways_of(self, arc: int) -> set[int]:
        return set(self.ways[self.piece_starts[arc // 2] : self.piece_starts[arc // 2 + 1]].tolist())


def _barriers(roads: _Roads, extract: Extract, mode: int) -> Iterator[Sequence]:
    """Nothing on wheels passes; it may turn round there."""
    if MODES[mode] == "foot":
        return
    for node in extract.blocked:
        junction = roads.junction.get(node)
        if junction is not None:
            out = roads.out_of(junction)
            yield from ((come, go) for come in roads.into(junction) for go in out if go != come ^ 1)


def _restricted(roads: _Roads, extract: Extract, mode: int) -> Iterator[Sequence]:
    for one in extract.restrictions:
        if mode in one.modes:
            found = list(_sequences(roads, one))
            if not found:
                extract.miss("restrictions that fit no roads")
            yield from found


def _sequences(roads: _Roads, one: Restriction) -> Iterator[Sequence]:
    for before in _approaches(roads, one):
        out = roads.out_of(int(roads.heads[before[-1]]))
        goals = [arc for arc in out if roads.first_way[arc] == one.to]
        if one.only and goals:
            yield from ((*before, arc) for arc in out if arc not in goals)
        elif not one.only:
            yield from ((*before, arc) for arc in goals)


def _approaches(roads: _Roads, one: Restriction) -> Iterator[Sequence]:
    """From the way, through the ways between, up to the junction of the last turn."""
    if one.via is not None:
        junction = roads.junction.get(one.via)
        if junction is not None:
            yield from ((arc,) for arc in roads.into(junction) if roads.first_way[arc ^ 1] == one.origin)
        return
    through = set(one.through)
    for junction in _ends_of(roads, one.through[0]):
        for arc in roads.into(junction):
            if roads.first_way[arc ^ 1] == one.origin:
                yield from _along(roads, (arc,), through, one)


def _ends_of(roads: _Roads, way: int) -> set[int]:
    places = np.flatnonzero(roads.ways == way)
    chains = np.searchsorted(roads.piece_starts, places, side="right") - 1
    arcs = np.concatenate([chains * 2, chains * 2 + 1])
    return set(roads.heads[arcs].tolist())


def _along(roads: _Roads, before: Sequence, through: set[int], one: Restriction) -> Iterator[Sequence]:
    if len(before) > MOST_STEPS:
        return
    for arc in roads.out_of(int(roads.heads[before[-1]])):
        if arc ^ 1 == before[-1] or not roads.ways_of(arc) <= through:
            continue
        further = (*before, arc)
        if any(roads.first_way[go] == one.to for go in roads.out_of(int(roads.heads[arc]))):
            yield further
        yield from _along(roads, further, through, one)


def _build(
    usable: NDArray[np.bool_], tails: Ints, heads: Ints, count: int, roads: _Roads, forbidden: set[Sequence]
) -> Topology:
    begun = sorted({one[:length] for one in forbidden for length in range(1, len(one))})
    state = {before: count + place for place, before in enumerate(begun)}
    after = np.where(usable, heads, -1)
    for before, place in state.items():
        if len(before) == 1:
            after[before[0]] = place
    plain = np.flatnonzero(usable)
    rows = [np.stack([tails[plain], after[plain], plain], axis=1)]
    extra = [
        (place, _next(before, arc, state, after), arc)
        for before, place in state.items()
        for arc in roads.out_of(int(heads[before[-1]]))
        if not _ends_in((*before, arc), forbidden)
    ]
    if extra:
        rows.append(np.array(extra, dtype=np.int64))
    edges = np.concatenate(rows)
    states = count + len(begun)
    junctions = np.concatenate([np.arange(count), np.array([heads[before[-1]] for before in begun], dtype=np.int64)])
    ahead = edges[np.argsort(edges[:, 0], kind="stable")]
    back = edges[np.argsort(edges[:, 1], kind="stable")]
    by_arc = edges[np.argsort(edges[:, 2], kind="stable")]
    return Topology(
        junctions=junctions.astype(np.int32),
        pointer=_pointer(ahead[:, 0], states),
        targets=ahead[:, 1].astype(np.int32),
        arcs=ahead[:, 2].astype(np.int32),
        back_pointer=_pointer(back[:, 1], states),
        sources=back[:, 0].astype(np.int32),
        back_arcs=back[:, 2].astype(np.int32),
        after=after.astype(np.int32),
        from_pointer=_pointer(by_arc[:, 2], len(tails)),
        from_states=by_arc[:, 0].astype(np.int32),
    )


def _next(before: Sequence, arc: int, state: dict[Sequence, int], after: Ints) -> int:
    """The state that remembers most of what was driven."""
    driven = (*before, arc)
    for start in range(len(driven) - 1):
        if driven[start:] in state:
            return state[driven[start:]]
    return int(after[arc])


def _ends_in(driven: Sequence, forbidden: set[Sequence]) -> bool:
    return any(driven[start:] in forbidden for start in range(len(driven) - 1))


def _pointer(sorted_keys: Ints, count: int) -> Ints:
    return np.searchsorted(sorted_keys, np.arange(count + 1)).astype(np.int64)
