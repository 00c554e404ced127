"""Ways cut into chains between junctions: what is driven from end to end without a choice is one chain.

A node stays a junction where roads fork or end, where it is asked for (restrictions, barriers) and where it changes
who may drive in which direction: then a mode may use a chain as a whole or not at all, and its seconds are exact sums.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import compiled
from .access import MODES
from .extract import Extract
from .lengths import metres_of

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@dataclass(slots=True)
class Chains:
    """Chain c goes from junction `tails[c]` to `heads[c]`; arc 2c runs with it, arc 2c + 1 against it.

    `nodes`: OpenStreetMap's of each junction. Shapes and pieces lie one after the other, `…_starts` says where; a piece
    is what one way gives to a chain: `piece_first` is its first point within the chain's shape, `piece_speeds` has
    (with, against) × MODES in metres per second. `seconds`: MODES × arcs, infinite where it may not be driven.
    """

    nodes: Ints
    latitudes: Ints
    longitudes: Ints
    tails: Ints
    heads: Ints
    metres: Floats
    shape_starts: Ints
    shape_latitudes: Ints
    shape_longitudes: Ints
    piece_starts: Ints
    piece_first: Ints
    piece_ways: Ints
    piece_speeds: Floats
    seconds: Floats


def contract(extract: Extract, asked_for: Iterable[int]) -> Chains:
    """`asked_for`: OpenStreetMap's ids of nodes that stay junctions."""
    refs, places = np.unique(np.frombuffer(extract.ids, dtype=np.int64), return_inverse=True)
    latitudes, longitudes = np.zeros(len(refs), np.int64), np.zeros(len(refs), np.int64)
    latitudes[places] = np.frombuffer(extract.latitudes, dtype=np.int32)
    longitudes[places] = np.frombuffer(extract.longitudes, dtype=np.int32)
    starts = np.frombuffer(extract.starts, dtype=np.int64)
    first = np.ones(len(places), bool)
    first[starts[1:] - 1] = False  # the last node of a way begins no segment
    begins = np.flatnonzero(first)
    tail, head = places[begins], places[begins + 1]
    way = np.repeat(np.arange(len(extract.ways)), np.diff(starts) - 1)
    speeds = np.stack([np.array(extract.forward), np.array(extract.backward)], axis=1)  # ways × direction × mode

    pointer, ends = _at_nodes(tail, head, len(refs))
    kept = np.diff(pointer) != 2
    asked = np.array(sorted(asked_for), dtype=np.int64)
    found = np.searchsorted(refs, asked)
    inside = found < len(refs)
    kept[found[inside][refs[found[inside]] == asked[inside]]] = True
    _keep_changes(kept, pointer, ends, _masks(speeds)[way])
    chain_starts, segments, against = compiled.walk_chains(kept, tail, head, pointer, ends)
    return _chains(refs, latitudes, longitudes, tail, head, way, speeds, chain_starts, segments, against)


def _masks(speeds: Floats) -> Ints:
    """Ways × direction: a bit for each mode that may."""
    bits = 1 << np.arange(len(MODES))
    return ((speeds > 0) * bits).sum(axis=2).astype(np.int64)


def _keep_changes(kept: NDArray[np.bool_], pointer: Ints, ends: Ints, masks: Ints) -> None:
    """Nodes of two segments that do not let the same modes through, each way."""
    nodes = np.flatnonzero(~kept)
    one, other = ends[pointer[nodes]], ends[pointer[nodes] + 1]
    kept[nodes] = (_into(masks, one) != _out_of(masks, other)) | (_out_of(masks, one) != _into(masks, other))


def _into(masks: Ints, ends: Ints) -> Ints:
    """Who may come to the node by the segment of which this is an end."""
    return np.asarray(masks[ends // 2, 1 - ends % 2])


def _out_of(masks: Ints, ends: Ints) -> Ints:
    return np.asarray(masks[ends // 2, ends % 2])


def _at_nodes(tail: Ints, head: Ints, count: int) -> tuple[Ints, Ints]:
    """(pointer, segment × 2 + 1 if it ends there) of each node."""
    nodes = np.concatenate([tail, head])
    ends = np.concatenate([np.arange(len(tail)) * 2, np.arange(len(tail)) * 2 + 1])
    order = np.argsort(nodes, kind="stable")
    pointer = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(nodes, minlength=count), out=pointer[1:])
    return pointer, ends[order]


def _chains(
    refs: Ints,
    latitudes: Ints,
    longitudes: Ints,
    tail: Ints,
    head: Ints,
    way: Ints,
    speeds: Floats,
    starts: Ints,
    segments: Ints,
    against: NDArray[np.bool_],
) -> Chains:
    begin = np.where(against, head[segments], tail[segments])
    end = np.where(against, tail[segments], head[segments])
    lengths = metres_of(latitudes[begin], longitudes[begin], latitudes[end], longitudes[end])
    chains = len(starts) - 1
    of = np.repeat(np.arange(chains), np.diff(starts))
    nodes, junctions = np.unique(np.concatenate([begin[starts[:-1]], end[starts[1:] - 1]]), return_inverse=True)
    shape = np.insert(begin, starts[1:], end[starts[1:] - 1])  # each chain's last point behind its segments' firsts
    ways = way[segments]
    turned = np.flatnonzero(np.r_[True, (ways[1:] != ways[:-1]) | (against[1:] != against[:-1]) | (of[1:] != of[:-1])])
    own = speeds[ways]
    own[against] = own[against][:, ::-1]
    with np.errstate(divide="ignore"):
        spent = lengths[:, None, None] / own  # segments × direction × mode
    seconds = np.add.reduceat(spent, starts[:-1], axis=0)
    return Chains(
        nodes=refs[nodes],
        latitudes=latitudes[nodes],
        longitudes=longitudes[nodes],
        tails=junctions[:chains],
        heads=junctions[chains:],
        metres=np.add.reduceat(lengths, starts[:-1]),
        shape_starts=starts + np.arange(chains + 1),
        shape_latitudes=latitudes[shape],
        shape_longitudes=longitudes[shape],
        piece_starts=np.searchsorted(of[turned], np.arange(chains + 1)),
        piece_first=turned - starts[of[turned]],
        piece_ways=ways[turned],
        piece_speeds=own[turned],
        seconds=seconds.reshape(chains * 2, len(MODES)).T.copy(),
    )
