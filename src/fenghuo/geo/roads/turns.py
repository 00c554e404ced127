"""The graph that is searched, one for each mode.

On foot the states are the junctions. On wheels a state is the arc just driven, so that turns can be forbidden: one
turns round only where nothing else may be driven (dead ends, barriers), and where one starts. Whoever has driven the
beginning of a longer forbidden sequence is in a state of its own, from which the rest is not offered.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .access import MODES
from .contracting import Chains, Ints
from .extract import Extract
from .forbidding import Roads, Sequence, barriers, sequences


@dataclass(slots=True)
class Topology:
    """States and the arcs between them, forward and backward in compressed rows.

    `after`: for each arc the state of whoever has driven it, -1 where this mode may not. `from_states`, by
    `from_pointer` of the arc: all states from which it may be driven.
    """

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
    if MODES[mode] == "foot":
        arcs = np.flatnonzero(usable)
        edges = np.stack([tails[arcs], heads[arcs], arcs], axis=1)
        return _assembled(edges, len(chains.nodes), np.where(usable, heads, -1))
    roads = Roads(chains, extract, usable, tails, heads)
    forbidden = set(barriers(roads, extract.blocked))
    for one in extract.restrictions:
        if mode in one.modes:
            found = list(sequences(roads, one))
            if not found:
                extract.miss("restrictions that fit no roads")
            forbidden.update(found)
    return _by_arc(roads, forbidden)


def _by_arc(roads: Roads, forbidden: set[Sequence]) -> Topology:
    """A state is an arc just driven; beside them stand the beginnings of forbidden sequences of three and more."""
    pairs = _pairs(roads, {one for one in forbidden if len(one) == 2})
    longer = {one for one in forbidden if len(one) > 2}
    begun = sorted({one[:length] for one in longer for length in range(2, len(one))})
    state = {before: len(roads.heads) + place for place, before in enumerate(begun)}
    follow: dict[int, list[int]] = {before[-1]: [] for before in begun}
    for arc, after in pairs[np.isin(pairs[:, 0], list(follow))].tolist():
        follow[arc].append(after)
    edges = np.stack([pairs[:, 0], pairs[:, 1], pairs[:, 1]], axis=1)
    for before, place in state.items():
        if len(before) == 2:
            edges[(pairs[:, 0] == before[0]) & (pairs[:, 1] == before[1]), 1] = place
    extra = [
        (place, _next((*before, arc), state), arc)
        for before, place in state.items()
        for arc in follow[before[-1]]
        if not any((*before, arc)[start:] in longer for start in range(len(before) - 1))
    ]
    if extra:
        edges = np.concatenate([edges, np.array(extra, dtype=np.int64)])
    after = np.where(roads.usable, np.arange(len(roads.heads)), -1)
    return _assembled(edges, len(roads.heads) + len(begun), after)


def _pairs(roads: Roads, forbidden: set[Sequence]) -> Ints:
    """(arc, arc that may follow). Back where one came from only where nothing else may be driven."""
    arcs = np.flatnonzero(roads.usable)
    starts, ends = roads.pointer[roads.heads[arcs]], roads.pointer[roads.heads[arcs] + 1]
    many = ends - starts
    before = np.repeat(arcs, many)
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(starts, many)
    after = roads.order[place]
    count = len(roads.heads)
    keys = np.array([one[0] * count + one[1] for one in forbidden], dtype=np.int64)
    may = roads.usable[after] & ~np.isin(before * count + after, keys)
    before, after = before[may], after[may]
    onward = np.zeros(count, bool)
    onward[before[after != before ^ 1]] = True
    may = (after != before ^ 1) | ~onward[before]
    return np.stack([before[may], after[may]], axis=1)


def _next(driven: Sequence, state: dict[Sequence, int]) -> int:
    """The state that remembers most of what was driven."""
    for start in range(len(driven) - 1):
        if driven[start:] in state:
            return state[driven[start:]]
    return driven[-1]


def _assembled(edges: Ints, states: int, after: Ints) -> Topology:
    """`edges`: (state, state, arc) each. `states`: how many."""
    ahead = edges[np.argsort(edges[:, 0], kind="stable")]
    back = edges[np.argsort(edges[:, 1], kind="stable")]
    by_arc = edges[np.argsort(edges[:, 2], kind="stable")]
    return Topology(
        pointer=_pointer(ahead[:, 0], states),
        targets=ahead[:, 1].astype(np.int32),
        arcs=ahead[:, 2].astype(np.int32),
        back_pointer=_pointer(back[:, 1], states),
        sources=back[:, 0].astype(np.int32),
        back_arcs=back[:, 2].astype(np.int32),
        after=after.astype(np.int32),
        from_pointer=_pointer(by_arc[:, 2], len(after)),
        from_states=by_arc[:, 0].astype(np.int32),
    )


def _pointer(sorted_keys: Ints, count: int) -> Ints:
    return np.searchsorted(sorted_keys, np.arange(count + 1)).astype(np.int64)
