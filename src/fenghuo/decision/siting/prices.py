"""The engine when nothing binds but the number of sites: bounds by prices, see branching."""

import numpy as np

from .branching import least
from .choosing import Found, Table, Terms
from .field import Field, Places
from .pairs import Flags, Numbers, pairs_of
from .tidying import tidied

PAIRS_A_SECOND = 200_000_000


class Prices:
    """Remembers the last prices of each table, so that the next question like it begins near its end."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.prices: dict[str, Numbers] = {}

    def least(self, table: Table, terms: Terms, *, below: float = np.inf, hint: Flags | None = None) -> Found:
        field = self.field
        fixed = field.existing | field.wanted
        base = np.minimum(table.penalty, table.costs[:, fixed].min(axis=1, initial=np.inf))
        alive = field.candidate & ~field.wanted
        alive[list(terms.barred)] = False
        columns, rows = np.flatnonzero(alive), np.flatnonzero(base > 0)
        grain = _grain(table, rows)
        pairs = pairs_of(table.costs[np.ix_(rows, columns)] / grain, base[rows] / grain)
        done = least(
            pairs,
            terms.count - int(field.wanted.sum()),
            alive=np.ones(len(columns), bool),
            most_looked=int(terms.effort * PAIRS_A_SECOND),
            hint=None if hint is None else hint[columns],
            price=self._price(table, rows, grain),
            below=float(np.ceil(below / grain)),
        )
        self.prices[table.name] = np.zeros(len(base))
        self.prices[table.name][rows] = done.price * grain
        open_ = fixed.copy()
        open_[columns[tidied(pairs, done.chosen, done.value)]] = True
        return Found(open_, done.value * grain, done.bound * grain)

    def _price(self, table: Table, rows: Places, grain: float) -> Numbers | None:
        kept = self.prices.get(table.name)
        return None if kept is None else kept[rows] / grain


def _grain(table: Table, rows: Places) -> float:
    """What all numbers are multiples of: a bound proves as soon as it is nearer than that."""
    costs = table.costs[rows]
    numbers = np.concatenate([table.penalty[rows], costs[np.isfinite(costs)]]).astype(np.int64)
    return float(np.gcd.reduce(numbers) or 1)
