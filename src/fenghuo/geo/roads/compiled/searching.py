"""Dijkstra's search over a topology, compiled: from places on arcs, until all that is asked for is settled."""

import numba
import numpy as np


@numba.njit(cache=True)
def push(costs, states, size, cost, state):  # type: ignore[no-untyped-def]
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if costs[above] <= cost:
            break
        costs[place], states[place] = costs[above], states[above]
        place = above
    costs[place], states[place] = cost, state
    return size + 1


@numba.njit(cache=True)
def pop(costs, states, size):  # type: ignore[no-untyped-def]
    """Takes the least, which the caller has read; the new size."""
    size -= 1
    cost, state = costs[size], states[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and costs[child + 1] < costs[child]:
            child += 1
        if costs[child] >= cost:
            break
        costs[place], states[place] = costs[child], states[child]
        place = child
    costs[place], states[place] = cost, state
    return size


@numba.njit(cache=True)
def search(pointer, targets, arcs, seconds, seeds, costs_at_seeds, wanted, limit, settled_at, came_by):  # type: ignore[no-untyped-def]
    """Fills `settled_at` (seconds by state, infinite where not reached) and `came_by` (the edge, -1 at a seed).

    `wanted`: states after which the search ends when all are settled; none: it goes through all that can be reached
    within `limit` seconds. Returns how many states were settled.
    """
    states = len(pointer) - 1
    settled_at[:] = np.inf
    came_by[:] = -1
    done = np.zeros(states, np.bool_)
    asked = np.zeros(states, np.bool_)
    left = 0
    for state in wanted:
        if not asked[state]:
            asked[state] = True
            left += 1
    some = left > 0
    room = len(targets) + len(seeds) + 1
    heap_costs, heap_states = np.empty(room, np.float64), np.empty(room, np.int64)
    size = 0
    for place in range(len(seeds)):
        state, cost = seeds[place], costs_at_seeds[place]
        if cost < settled_at[state]:
            settled_at[state] = cost
            size = push(heap_costs, heap_states, size, cost, state)
    count = 0
    while size > 0:
        cost, state = heap_costs[0], heap_states[0]
        size = pop(heap_costs, heap_states, size)
        if done[state]:
            continue
        if cost > limit:
            break
        done[state] = True
        count += 1
        if asked[state]:
            left -= 1
            if some and left == 0:
                break
        for edge in range(pointer[state], pointer[state + 1]):
            further = cost + seconds[arcs[edge]]
            target = targets[edge]
            if further < settled_at[target]:
                settled_at[target] = further
                came_by[target] = edge
                size = push(heap_costs, heap_states, size, further, target)
    for state in range(states):
        if not done[state]:
            settled_at[state] = np.inf
    return count
