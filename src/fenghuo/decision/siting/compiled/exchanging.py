"""Good choices quickly: the best site added again and again, then one exchanged for another while it helps; compiled.

The exchange weighs all pairs at once, with the second nearest of each row kept (Whitaker 1983, Teitz and Bart 1968).
"""

import numba
import numpy as np


@numba.njit(cache=True)
def add_best(start, site, cost, base, alive, chosen, count):  # type: ignore[no-untyped-def]
    """Opens up to `count` more in `chosen`, each the one that saves most, of equals the first; none that saves 0."""
    rows, columns = len(base), len(alive)
    nearest, second, by = np.empty(rows), np.empty(rows), np.empty(rows, np.int64)
    _look(start, site, cost, base, chosen, nearest, second, by)
    for _more in range(count):
        saved = np.zeros(columns)
        for row in range(rows):
            for pair in range(start[row], start[row + 1]):
                if cost[pair] >= nearest[row]:
                    break
                saved[site[pair]] += nearest[row] - cost[pair]
        best = -1
        for column in range(columns):
            if alive[column] and not chosen[column] and saved[column] > 0 and (best < 0 or saved[column] > saved[best]):
                best = column
        if best < 0:
            break
        chosen[best] = True
        _look(start, site, cost, base, chosen, nearest, second, by)
    return nearest.sum()


@numba.njit(cache=True)
def exchange(start, site, cost, base, alive, chosen):  # type: ignore[no-untyped-def]
    """Exchanges in `chosen` one for one, the best exchange first, until none saves anything; the cost then."""
    rows, columns = len(base), len(alive)
    nearest, second, by = np.empty(rows), np.empty(rows), np.empty(rows, np.int64)
    _look(start, site, cost, base, chosen, nearest, second, by)
    place = np.full(columns, -1)
    members = np.flatnonzero(chosen)
    while len(members):
        for at in range(len(members)):
            place[members[at]] = at
        saved, loss = np.zeros(columns), np.zeros(len(members))
        regained = np.zeros((columns, len(members)))
        for row in range(rows):
            at = place[by[row]] if by[row] >= 0 else -1
            if at >= 0:
                loss[at] += second[row] - nearest[row]
            for pair in range(start[row], start[row + 1]):
                price = cost[pair]
                if price >= second[row] or (at < 0 and price >= nearest[row]):
                    break
                if price < nearest[row]:
                    saved[site[pair]] += nearest[row] - price
                if at >= 0:
                    regained[site[pair], at] += second[row] - max(price, nearest[row])
        best, come, go = 0.0, -1, -1
        for column in range(columns):
            if not alive[column] or chosen[column]:
                continue
            for at in range(len(members)):
                better = saved[column] - loss[at] + regained[column, at]
                if better > best:
                    best, come, go = better, column, at
        if come < 0:
            break
        place[members[go]] = -1
        chosen[members[go]], chosen[come] = False, True
        members[go] = come
        _look(start, site, cost, base, chosen, nearest, second, by)
    return nearest.sum()


@numba.njit(cache=True)
def nearest_two(start, site, cost, base, chosen):  # type: ignore[no-untyped-def]
    """(nearest cost, second nearest, site of the nearest or -1 for what is there anyway) of each row."""
    rows = len(base)
    nearest, second, by = np.empty(rows), np.empty(rows), np.empty(rows, np.int64)
    _look(start, site, cost, base, chosen, nearest, second, by)
    return nearest, second, by


@numba.njit(cache=True)
def _look(start, site, cost, base, chosen, nearest, second, by):  # type: ignore[no-untyped-def]
    for row in range(len(base)):
        nearest[row], second[row], by[row] = base[row], base[row], -1
        for pair in range(start[row], start[row + 1]):
            if cost[pair] >= base[row]:
                break
            if chosen[site[pair]]:
                if by[row] < 0:
                    nearest[row], by[row] = cost[pair], site[pair]
                else:
                    second[row] = cost[pair]
                    break
