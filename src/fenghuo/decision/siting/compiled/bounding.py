"""A bound from below for the sum of rows when at most `count` more sites open: Lagrangian ascent, compiled.

Each row offers a price; a site takes from each row what is cheaper for it than its price; the `count` best sites open.
Whatever the prices, no choice costs less than prices and takings together; the ascent looks for the best prices.
"""

import numba
import numpy as np

START_STEP, LEAST_STEP, PATIENCE = 1.0, 0.002, 8
INERTIA = 0.5  # so much of the last direction stays in the next one: fewer zigzags
MEMORY = 0.9  # of how often a site was taken lately


@numba.njit(cache=True)
def ascend(start, site, cost, base, alive, count, price, upper, step, rounds):  # type: ignore[no-untyped-def]
    """(bound, takings, lately, best value, its sites, pairs looked at); `price` becomes the best prices found.

    Ends early when the bound is above `upper`: nothing below `upper` is left. `takings`: of each site at the best
    prices, 0 or less. `lately`: how often it was taken, 0 to 1. The best value is of a real choice; infinite when none
    was below `upper`.
    """
    rows, columns = len(base), len(alive)
    now, best_takings, lately = price.copy(), np.zeros(columns), np.zeros(columns)
    taken, found_sites = np.zeros(columns, np.bool_), np.zeros(columns, np.bool_)
    direction, takings = np.zeros(rows), np.zeros(columns)
    bound, found, looked, stale = -np.inf, np.inf, 0, 0
    for turn in range(rounds):
        total = 0.0
        takings[:] = 0.0
        for row in range(rows):
            offer = now[row]
            total += offer
            for pair in range(start[row], start[row + 1]):
                if cost[pair] >= offer:
                    break
                looked += 1
                if alive[site[pair]]:
                    takings[site[pair]] += cost[pair] - offer
        total += _take(takings, count, taken)
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
                now[:] = price
        value, norm = 0.0, 0.0
        for row in range(rows):
            offer, nearest, times = now[row], base[row], 0
            for pair in range(start[row], start[row + 1]):
                looked += 1
                if cost[pair] >= base[row]:
                    break
                if taken[site[pair]]:
                    if cost[pair] < nearest:
                        nearest = cost[pair]
                    if cost[pair] >= offer:
                        break
                    times += 1
            value += nearest
            slope = 1.0 - times
            if slope > 0 and offer >= base[row]:
                slope = 0.0
            direction[row] = slope + INERTIA * direction[row]
            norm += direction[row] * direction[row]
        if value < found:
            found = value
            found_sites[:] = taken
        if bound > min(upper, found) or norm == 0.0 or step < LEAST_STEP:
            break
        length = step * (1.02 * min(upper, found) - total) / norm
        for row in range(rows):
            now[row] = min(base[row], max(0.0, now[row] + length * direction[row]))
    return bound, best_takings, lately, found, found_sites, looked


@numba.njit(cache=True)
def _take(takings, count, taken):  # type: ignore[no-untyped-def]
    """Marks the `count` lowest takings that are below 0, of equals the first; their sum."""
    taken[:] = False
    if count <= 0:
        return 0.0
    if count >= len(takings):
        limit = 0.0
    else:
        limit = min(0.0, np.partition(takings, count - 1)[count - 1])
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
