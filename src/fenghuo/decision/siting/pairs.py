"""The pairs of places and sites that can matter, as the compiled loops read them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """`costs`: (rows, columns), infinite where nothing leads. `base`: (rows,) what a row costs when nothing new opens.

    `start`, `site`, `cost`: see `compiled`; `first`, `row`, `cost_again`: the same pairs by column.
    """

    costs: Numbers
    base: Numbers
    start: NDArray[np.int64]
    site: NDArray[np.int64]
    cost: Numbers
    first: NDArray[np.int64]
    row: NDArray[np.int64]
    cost_again: Numbers

    @property
    def columns(self) -> int:
        return len(self.first) - 1


def pairs_of(costs: Numbers, base: Numbers) -> Pairs:
    """Keeps what is below the base, cheapest first, of equals the first column."""
    order = np.argsort(costs, axis=1, kind="stable")
    ranked = np.take_along_axis(costs, order, axis=1)
    kept = ranked < base[:, None]
    start = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
    columns, rows = np.nonzero((costs < base[:, None]).T)
    first = np.searchsorted(columns, np.arange(costs.shape[1] + 1))
    again = first.astype(np.int64), rows.astype(np.int64), costs[rows, columns]
    return Pairs(costs, base, start.astype(np.int64), order[kept].astype(np.int64), ranked[kept], *again)
