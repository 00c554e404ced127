"""The engine for capacities, a budget and limits of kinds: a mixed-integer program, solved by HiGHS.

A place may be divided between sites when the nearest has not room for all; people stay whole.
"""

from dataclasses import dataclass, replace

import numpy as np

from .choosing import Found, Table, Terms
from .field import Field, Places
from .pairs import Flags, Numbers
from .prices import Prices
from .solver import INFINITE, Program

PRECISION = 1e-6  # HiGHS's own: a bound is worth no more than that


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """`saves`: what a whole place saves when it is served so, instead of not at all."""

    row: Places
    column: Places
    saves: Numbers


class Mixed:
    def __init__(self, field: Field) -> None:
        self.field = field
        self.room: Numbers = np.array([np.inf if one.capacity is None else one.capacity for one in field.sites])
        self.fixed = field.existing | field.wanted
        self.prices = Prices(field)

    def least(self, table: Table, terms: Terms, *, below: float = np.inf, hint: Flags | None = None) -> Found:
        """The least there is, or the least found in time; `below` is not needed. Infinite only if no choice is allowed.

        The cheapest and fewest that the least of each kind asks for are allowed if anything is.
        """
        fewest = self._fewest(terms)
        if not self._allowed(fewest, terms):
            return Found(self.fixed, np.inf, np.inf)
        usable = self.fixed | self._candidates(terms)
        pairs = self._pairs(table, usable)
        unit = float(max(1.0, np.max(pairs.saves, initial=1.0))) / 1000
        solved = self._program(pairs, usable, terms, unit).solved(terms.effort)
        free = self.prices.least(table, replace(terms, effort=min(1.0, terms.effort)), hint=hint)  # as if nothing bound
        known = [free.open, fewest] if hint is None else [free.open, hint | self.fixed, fewest]
        if solved.values is not None:
            known.insert(0, usable & (solved.values[: len(usable)] > 0.5))
        valued = [(*self.served(table, one), one) for one in known if self._allowed(one, terms)]
        value, served, open_ = min(valued, key=lambda one: one[0])
        if solved.done:
            return Found(open_, value, value, served)
        total = float(table.penalty.sum())
        bound = max(free.bound, float(np.ceil(total + solved.bound * unit - PRECISION * total)))
        return Found(open_, value, min(value, bound), served)

    def _candidates(self, terms: Terms) -> Flags:
        """What may be new under these terms."""
        usable = self.field.candidate.copy()
        usable[list(terms.barred)] = False
        return usable

    def _fewest(self, terms: Terms) -> Flags:
        """What is open anyway and, of each kind, the cheapest that it asks for at least."""
        open_, free = self.fixed.copy(), self._candidates(terms) & ~self.fixed
        for limit in self.field.asked.kinds:
            sites = self.field.sites
            there = sum(one.wanted and one.kind == limit.kind for one in sites)
            theirs = [column for column in np.flatnonzero(free).tolist() if sites[column].kind == limit.kind]
            theirs.sort(key=lambda column: (sites[column].cost, column))
            open_[theirs[: max(0, limit.least - there)]] = True
        return open_

    def _allowed(self, open_: Flags, terms: Terms) -> bool:
        if (open_ & ~self.fixed & ~self._candidates(terms)).any():
            return False
        new = [self.field.sites[column] for column in np.flatnonzero(open_ & self.field.candidate).tolist()]
        budget = self.field.asked.budget
        if len(new) > terms.count or (budget is not None and sum(one.cost for one in new) > budget):
            return False
        for limit in self.field.asked.kinds:
            number = sum(one.kind == limit.kind for one in new)
            if number < limit.least or (limit.most is not None and number > limit.most):
                return False
        return True

    def served(self, table: Table, open_: Flags) -> tuple[float, Numbers | None]:
        """The cost of these open sites, and who goes where; without capacities everybody to the nearest."""
        if np.isinf(self.room[open_]).all():
            cost = np.minimum(table.penalty, table.costs[:, open_].min(axis=1, initial=np.inf))
            return float(cost.sum()), None
        pairs = self._pairs(table, open_)
        if not len(pairs.row):
            return float(table.penalty.sum()), np.zeros(table.costs.shape)
        people = self.field.people
        each = pairs.saves / people[pairs.row]
        unit = float(np.max(each, initial=1.0)) / 1000
        count = len(pairs.row)
        program = Program(-each / unit, np.zeros(count), people[pairs.row], np.zeros(count, bool))
        at = np.arange(count)
        program.rows(len(people), pairs.row, at, 1.0, -INFINITE, people)
        program.rows(
            len(self.room), pairs.column, at, 1.0, -INFINITE, np.where(np.isinf(self.room), INFINITE, self.room)
        )
        solved = program.solved(INFINITE)
        assert solved.values is not None  # nobody served at all is always possible
        flows = np.rint(solved.values)
        served = np.zeros(table.costs.shape)
        served[pairs.row, pairs.column] = flows
        return float(table.penalty.sum() - (flows * each).sum()), served

    def _pairs(self, table: Table, usable: Flags) -> _Pairs:
        row, column = np.nonzero((table.costs < table.penalty[:, None]) & usable)
        return _Pairs(row, column, table.penalty[row] - table.costs[row, column])

    def _program(self, pairs: _Pairs, usable: Flags, terms: Terms, unit: float) -> Program:
        """Columns: each site open or not, then each pair: the share of the place that is served so."""
        sites, count = len(usable), len(pairs.row)
        program = Program(
            np.concatenate([np.zeros(sites), -pairs.saves / unit]),
            np.concatenate([self.fixed.astype(np.float64), np.zeros(count)]),
            np.concatenate([usable.astype(np.float64), np.ones(count)]),
            np.concatenate([np.ones(sites, bool), np.zeros(count, bool)]),
        )
        at = sites + np.arange(count)
        program.rows(len(self.field.people), pairs.row, at, 1.0, -INFINITE, 1.0)
        one = np.arange(count)
        program.rows(count, [*one, *one], [*at, *pairs.column], [*np.ones(count), *-np.ones(count)], -INFINITE, 0.0)
        limited = np.flatnonzero(np.isfinite(self.room))
        tight = np.isfinite(self.room[pairs.column])
        if len(limited):
            people = self.field.people[pairs.row[tight]]
            where = np.searchsorted(limited, pairs.column[tight])
            program.rows(
                len(limited),
                [*where, *range(len(limited))],
                [*at[tight], *limited],
                [*people, *-self.room[limited]],
                -INFINITE,
                0.0,
            )
        self._limits(program, terms)
        return program

    def _limits(self, program: Program, terms: Terms) -> None:
        field = self.field
        new = np.flatnonzero(field.candidate)
        program.rows(1, np.zeros(len(new)), new, 1.0, -INFINITE, float(terms.count))
        if field.asked.budget is not None:
            costs = [field.sites[column].cost for column in new.tolist()]
            program.rows(1, np.zeros(len(new)), new, costs, -INFINITE, float(field.asked.budget))
        for limit in field.asked.kinds:
            of_kind = [column for column in new.tolist() if field.sites[column].kind == limit.kind]
            most = INFINITE if limit.most is None else float(limit.most)
            program.rows(1, np.zeros(len(of_kind)), of_kind, 1.0, float(limit.least), most)
