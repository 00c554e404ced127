"""Of choices that are worth the same, the plainer one: nothing opens in vain, and lower ids go before higher ones."""

import numpy as np

from .pairs import Flags, Pairs


def tidied(pairs: Pairs, chosen: Flags, value: float) -> Flags:
    """A choice of the same value in which no site can be left out and none exchanged for one of a lower column."""
    chosen = chosen.copy()
    changed = True
    while changed:
        changed = False
        for member in np.flatnonzero(chosen)[::-1].tolist():
            chosen[member] = False
            rest = np.minimum(pairs.base, pairs.costs[:, chosen].min(axis=1, initial=np.inf))
            if rest.sum() == value:
                changed = True
                continue
            lower = np.flatnonzero(~chosen[:member])
            sums = np.minimum(rest[:, None], pairs.costs[:, lower]).sum(axis=0)
            same = lower[sums == value]
            chosen[same[0] if len(same) else member] = True
            changed = changed or len(same) > 0
    return chosen
