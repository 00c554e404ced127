"""Walking along segments until a junction, compiled; see contracting."""

import numba
import numpy as np


@numba.njit(cache=True)
def walk_chains(kept, tail, head, pointer, ends):  # type: ignore[no-untyped-def]
    """(where each chain begins in the two lists, segments in order, whether each is driven against its way)."""
    count = len(tail)
    used = np.zeros(count, np.bool_)
    segments = np.empty(count, np.int64)
    against = np.empty(count, np.bool_)
    starts = np.empty(count + 1, np.int64)
    chains = written = 0
    for turn in range(2):  # a ring without a junction gets one at its first node
        for node in range(len(kept)):
            if not kept[node] and turn == 0:
                continue
            for place in range(pointer[node], pointer[node + 1]):
                segment, reverse = ends[place] // 2, ends[place] % 2 == 1
                if used[segment]:
                    continue
                if turn == 1:
                    kept[node] = True
                starts[chains] = written
                chains += 1
                while True:
                    used[segment] = True
                    segments[written], against[written] = segment, reverse
                    written += 1
                    at = tail[segment] if reverse else head[segment]
                    if kept[at]:
                        break
                    other = ends[pointer[at]]
                    if other // 2 == segment:
                        other = ends[pointer[at] + 1]
                    segment, reverse = other // 2, other % 2 == 1
    starts[chains] = written
    return starts[: chains + 1].copy(), segments, against
