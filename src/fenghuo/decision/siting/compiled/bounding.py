"""A bound from below for the sum of rows when at most `count` more sites open: Lagrangian ascent, compiled.

Each row offers a price; a site takes from each row what is cheaper for it than its price; the `count` best sites open.
Whatever the prices, no choice costs less than prices and takings together; the ascent looks for the best prices.
"""

import numba
import numpy as np

LEAST_STEP, PATIENCE = 0.002, 8
INERTIA = 0.6  # so much of the last direction stays in the next one: fewer zigzags
MEMORY = 0.9  # of how often a site was taken lately


@numba.njit(cache=True)
def ascend(lists, base, alive, count, price, upper, step, rounds):  # type: ignore[no-untyped-def]
    """(bound, takings, lately, best value, its sites, pairs looked at); `price` becomes the best prices found.

    Ends early when the bound is above `upper`: nothing below `upper` is left. `takings`: of each site at the best
    prices, 0 or less. `lately`: how often it was taken, 0 to 1. The best value is of a real choice.
    """
    rows, columns = len(base), len(alive)
    active = np.flatnonzero(base > 0)  # the others are served for nothing already
    now, best_takings, lately = price.copy(), np.zeros(columns), np.zeros(columns)
    taken, found_sites = np.zeros(columns, np.bool_), np.zeros(columns, np.bool_)
    direction, takings, nearest = np.zeros(rows), np.zeros(columns), np.empty(rows)
    times = np.empty(rows, np.int64)
    bound, found, looked, stale = -np.inf, np.inf, 0, 0
    for turn in range(rounds):
        looked += _offer(lists, now, takings, active)
        total = now.sum() + _take(takings, alive, count, taken)
        for column in range(columns):
            lately[column] = MEMORY * lately[column] + (1.0 - MEMORY) * taken[column]
        if turn == 0 or total > bound + 1e-9 * abs(bound):
            bound, stale = total, 0
            price[:] = now
            best_takings[:] = takings
        else:
            stale += 1
            if stale >= PATIENCE:
                step, stale = step / 2, 0
        looked += _answer(lists, base, now, taken, times, nearest)
        value = nearest.sum()
        if value < found:
            found = value
            found_sites[:] = taken
        norm = 0.0
        for row in active:
            slope = 1.0 - times[row]
            if slope > 0 and now[row] >= base[row]:
                slope = 0.0
            direction[row] = slope + INERTIA * direction[row]
            norm += direction[row] * direction[row]
        if bound > min(upper, found) or norm == 0.0 or step < LEAST_STEP:
            break
        length = step * (1.02 * min(upper, found) - total) / norm
        for row in active:
            now[row] = min(base[row], max(0.0, now[row] + length * direction[row]))
    return bound, best_takings, lately, found, found_sites, looked


@numba.njit(cache=True)
def _offer(lists, now, takings, active):  # type: ignore[no-untyped-def]
    """What each site takes at these prices; pairs looked at."""
    start, site, cost = lists[0], lists[1], lists[2]
    looked = 0
    takings[:] = 0.0
    for row in active:
        offer = now[row]
        for pair in range(start[row], start[row + 1]):
            if cost[pair] >= offer:
                break
            looked += 1
            takings[site[pair]] += cost[pair] - offer
    return looked


@numba.njit(cache=True)
def _answer(lists, base, now, taken, times, nearest):  # type: ignore[no-untyped-def]
    """How often each row is taken, and its nearest open site; pairs looked at."""
    first, row_of, cost_of = lists[3], lists[4], lists[5]
    looked = 0
    times[:] = 0
    nearest[:] = base
    for column in range(len(taken)):
        if taken[column]:
            looked += first[column + 1] - first[column]
            for pair in range(first[column], first[column + 1]):
                row, price = row_of[pair], cost_of[pair]
                times[row] += price < now[row]
                nearest[row] = min(nearest[row], price)
    return looked


@numba.njit(cache=True)
def _take(takings, alive, count, taken):  # type: ignore[no-untyped-def]
    """Marks the `count` lowest takings that are below 0, of equals the first; their sum. The dead take nothing."""
    for column in range(len(takings)):
        taken[column] = False
        if not alive[column]:
            takings[column] = 0.0
    if count <= 0:
        return 0.0
    limit = 0.0 if count >= len(takings) else min(0.0, np.partition(takings, count - 1)[count - 1])
    left, total = count, 0.0
    for column in range(len(takings)):
        if takings[column] < limit:
            taken[column] = True
            total += takings[column]
            left -= 1
    for column in range(len(takings)):
        if left > 0 and takings[column] == limit and limit < 0.0:
            taken[column] = True
            total += takings[column]
            left -= 1
    return total
