"""Restrictions and barriers as sequences of arcs that must not be driven one after the other."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from .contracting import Chains, Ints
from .extract import Extract
from .restrictions import Restriction

type Sequence = tuple[int, ...]  # arcs
MOST_STEPS = 50  # arcs between the first and the last of a restriction by ways


class Roads:
    """The arcs of one mode by junction: `order[pointer[j]:pointer[j + 1]]` leave junction j, usable or not."""

    def __init__(self, chains: Chains, extract: Extract, usable: NDArray[np.bool_], tails: Ints, heads: Ints) -> None:
        self.usable, self.heads = usable, heads
        self.junction = {int(node): place for place, node in enumerate(chains.nodes)}
        self.order = np.argsort(tails, kind="stable")
        self.pointer = np.searchsorted(tails[self.order], np.arange(len(chains.nodes) + 1))
        self.ways, self.piece_starts = (
            np.frombuffer(extract.ways, dtype=np.int64)[chains.piece_ways],
            chains.piece_starts,
        )
        first, last = chains.piece_starts[:-1], chains.piece_starts[1:] - 1
        self.first_way = np.stack([self.ways[first], self.ways[last]], axis=1).ravel()

    def out_of(self, junction: int) -> list[int]:
        arcs = self.order[self.pointer[junction] : self.pointer[junction + 1]]
        return [int(arc) for arc in arcs if self.usable[arc]]

    def into(self, junction: int) -> list[int]:
        arcs = self.order[self.pointer[junction] : self.pointer[junction + 1]] ^ 1
        return [int(arc) for arc in arcs if self.usable[arc]]

    def ways_of(self, arc: int) -> set[int]:
        return set(self.ways[self.piece_starts[arc // 2] : self.piece_starts[arc // 2 + 1]].tolist())


def barriers(roads: Roads, nodes: Iterable[int]) -> Iterator[Sequence]:
    """Nothing on wheels passes there."""
    for node in nodes:
        junction = roads.junction.get(node)
        if junction is not None:
            out = roads.out_of(junction)
            yield from ((come, go) for come in roads.into(junction) for go in out if go != come ^ 1)


def sequences(roads: Roads, one: Restriction) -> Iterator[Sequence]:
    """All that a restriction forbids; none where its ways are not there or do not meet."""
    for before in _approaches(roads, one):
        out = roads.out_of(int(roads.heads[before[-1]]))
        goals = [arc for arc in out if roads.first_way[arc] == one.to]
        if one.only and goals:
            yield from ((*before, arc) for arc in out if arc not in goals)
        elif not one.only:
            yield from ((*before, arc) for arc in goals)


def _approaches(roads: Roads, one: Restriction) -> Iterator[Sequence]:
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


def _ends_of(roads: Roads, way: int) -> set[int]:
    places = np.flatnonzero(roads.ways == way)
    chains = np.searchsorted(roads.piece_starts, places, side="right") - 1
    arcs = np.concatenate([chains * 2, chains * 2 + 1])
    return set(roads.heads[arcs].tolist())


def _along(roads: Roads, before: Sequence, through: set[int], one: Restriction) -> Iterator[Sequence]:
    if len(before) > MOST_STEPS:
        return
    for arc in roads.out_of(int(roads.heads[before[-1]])):
        if arc ^ 1 == before[-1] or not roads.ways_of(arc) <= through:
            continue
        further = (*before, arc)
        if any(roads.first_way[go] == one.to for go in roads.out_of(int(roads.heads[arc]))):
            yield further
        yield from _along(roads, further, through, one)
