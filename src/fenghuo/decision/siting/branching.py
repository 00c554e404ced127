"""The least sum of rows with at most `count` more sites open: bound, fix, branch (docs/algorithms/siting.md).

Costs are whole numbers, so that a bound above value - 1 proves the value.
"""

import heapq
from dataclasses import dataclass, field, replace

import numpy as np

from .compiled.bounding import ascend
from .compiled.exchanging import add_best, exchange, nearest_two
from .pairs import Flags, Numbers, Pairs

FIRST_ROUNDS, NEXT_ROUNDS = 400, 30
FIRST_STEP, NEXT_STEP = 1.0, 0.5
EXCHANGES = 6  # choices of the ascent that are refined, in all


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """`chosen`: (columns,). `bound`: no choice costs less; `value` when proven. `looked`: pairs, the work done."""

    value: float
    bound: float
    chosen: Flags
    price: Numbers
    looked: int


@dataclass(slots=True, eq=False)
class _Branch:
    """Part of all choices: sites that are open here are in `base`, those closed are not `alive`."""

    base: Numbers
    alive: Flags
    opened: tuple[int, ...]
    price: Numbers
    bound: float = -np.inf
    lately: Numbers = field(default_factory=lambda: np.zeros(0))


def least(
    pairs: Pairs,
    count: int,
    *,
    alive: Flags,
    most_looked: int,
    hint: Flags | None = None,
    price: Numbers | None = None,
    below: float = np.inf,
) -> Least:
    """`alive`: sites that may open. `hint`: a choice to begin with; `price`: prices of a question like it.

    Ends with a gap after `most_looked` pairs. `below`: only values under it are looked for, and the first is enough.
    """
    return _Search(pairs, count, alive, most_looked, below).run(hint, price)


class _Search:
    def __init__(self, pairs: Pairs, count: int, alive: Flags, most_looked: int, below: float) -> None:
        self.pairs, self.count, self.alive, self.most, self.below = pairs, count, alive, most_looked, below
        self.lists = pairs.start, pairs.site, pairs.cost
        self.both = (*self.lists, pairs.first, pairs.row, pairs.cost_again)
        self.looked = self.refined = self.numbered = 0
        self.value = float(pairs.base.sum())
        self.chosen = np.zeros(pairs.columns, bool)
        self.open: list[tuple[float, int, _Branch]] = []  # the lowest bound first

    def run(self, hint: Flags | None, price: Numbers | None) -> Least:
        self._begin(hint)
        first = self._first_price() if price is None else np.minimum(price, self.pairs.base)
        root = _Branch(self.pairs.base, self.alive, (), first)
        self._bound(root, FIRST_ROUNDS, FIRST_STEP)
        while self.open and self.looked < self.most and not self._enough():
            branch = heapq.heappop(self.open)[2]
            if not self._done(branch.bound):
                for part in self._parts(branch):
                    self._bound(part, NEXT_ROUNDS, NEXT_STEP)
        return Least(self.value, self._proven_bound(), self.chosen, root.price, self.looked)

    def _proven_bound(self) -> float:
        if self._enough():
            return -np.inf
        left = [bound for bound, _number, _branch in self.open if not self._done(bound)]
        return min(self.value, self.below, float(np.ceil(min(left) - self._slack())) if left else np.inf)

    def _slack(self) -> float:
        """What rounding may have added to a bound."""
        return 1e-6 + 1e-12 * abs(self.value)

    def _done(self, bound: float) -> bool:
        """Nothing better is left there: costs are whole."""
        return bound > self._upper()

    def _upper(self) -> float:
        return min(self.value, self.below) - 1.0 + self._slack()

    def _enough(self) -> bool:
        return self.below < np.inf and self.value < self.below

    def _begin(self, hint: Flags | None) -> None:
        chosen = np.zeros(self.pairs.columns, bool)
        if hint is not None and (hint & self.alive).sum() <= self.count:
            chosen = hint & self.alive
        add_best(*self.lists, self.pairs.base, self.alive, chosen, self.count - int(chosen.sum()))
        self._refine(chosen)

    def _first_price(self) -> Numbers:
        nearest, second, _by = nearest_two(*self.lists, self.pairs.base, self.chosen)
        return np.asarray((nearest + second) / 2)

    def _refine(self, chosen: Flags) -> None:
        self._take(chosen, float(exchange(*self.lists, self.pairs.base, self.alive, chosen)))
        self.looked += 4 * len(self.pairs.cost)

    def _take(self, chosen: Flags, value: float) -> None:
        if value < self.value:
            self.value, self.chosen = value, chosen.copy()

    def _bound(self, branch: _Branch, rounds: int, step: float) -> None:
        """Bounds a part of the choices, fixes what the bound allows; on the heap if something better may be in it."""
        while True:
            left = self.count - len(branch.opened)
            if left <= 0 or branch.alive.sum() <= left:
                self._all_open(branch)
                return
            bound, takings, branch.lately, value, sites, looked = ascend(
                self.both, branch.base, branch.alive, left, branch.price, self._upper(), step, rounds
            )
            self.looked += looked
            branch.bound = max(branch.bound, bound)
            self._look_at(branch, sites, value)
            if self._done(branch.bound):
                return
            if not self._fix(branch, bound, takings, left):
                break
            rounds, step = NEXT_ROUNDS, NEXT_STEP
        self.numbered += 1
        heapq.heappush(self.open, (branch.bound, self.numbered, branch))

    def _look_at(self, branch: _Branch, sites: Flags, value: float) -> None:
        if value >= self.value and (self.refined >= EXCHANGES or branch.opened):
            return
        self.refined += 1
        chosen = sites.copy()
        chosen[list(branch.opened)] = True
        self._take(chosen, value)
        self._refine(chosen)

    def _all_open(self, branch: _Branch) -> None:
        chosen = np.zeros(self.pairs.columns, bool)
        chosen[list(branch.opened)] = True
        base = branch.base
        if len(branch.opened) < self.count:
            chosen |= branch.alive
            base = np.minimum(base, self.pairs.costs[:, branch.alive].min(axis=1, initial=np.inf))
        self._take(chosen, float(base.sum()))

    def _fix(self, branch: _Branch, bound: float, takings: Numbers, left: int) -> bool:
        """Closes and opens what any better choice must have closed and open. Whether anything was."""
        ranked = np.sort(np.where(branch.alive, takings, np.inf))
        last, next_one = ranked[left - 1], ranked[left]
        room = self._upper() - bound
        shut = branch.alive & (takings - last > room)
        must = np.flatnonzero(branch.alive & (next_one - takings > room))
        if not len(must) and not shut.any():
            return False
        branch.alive = branch.alive & ~shut
        for column in must.tolist():
            self._open(branch, column)
        return True

    def _open(self, branch: _Branch, column: int) -> None:
        branch.base = np.minimum(branch.base, self.pairs.costs[:, column])
        branch.price = np.minimum(branch.price, branch.base)
        branch.alive = branch.alive.copy()
        branch.alive[column] = False
        branch.opened = (*branch.opened, column)

    def _parts(self, branch: _Branch) -> list[_Branch]:
        """With the site the prices can decide least about, and without it."""
        unsure = np.where(branch.alive, np.abs(branch.lately - 0.5), np.inf)
        column = int(unsure.argmin())
        without = replace(branch, alive=branch.alive.copy(), price=branch.price.copy())
        without.alive[column] = False
        using = replace(branch, price=branch.price.copy())
        self._open(using, column)
        return [using, without]
