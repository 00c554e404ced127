"""Level after level: the least of each among the plans that are best in all before it.

Each level is first solved with teams that may be divided. Its prices then say what no best plan can contain: columns
and rows with a price are fixed, and the next level goes on from there. If what stands at the end divides nobody, it is
the best plan and every level is proven at once. If it does, what is left is searched once for a plan that keeps all
these levels; and where there is none, the levels are gone through again, each with a search of its own.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from .costs import Costs
from .field import Field, Ints
from .levels import Level
from .plans import Plan, worth_of
from .program import INFINITE, LARGEST_COST, NOISE, Numbers, Program
from .rough import rough

OPTIMAL = highspy.HighsModelStatus.kOptimal
INFEASIBLE = highspy.HighsModelStatus.kInfeasible


@dataclass(frozen=True, slots=True)
class Climbed:
    """`bounds`: below which no plan can be in a level, given the levels before it; missing where nothing is known."""

    plan: Plan
    bounds: dict[Level, int]


class Nothing(Exception):
    """No plan keeps to what was fixed."""


class Unsolved(Exception):
    """The solver gave up."""


class TooHard(Exception):
    """No plan was found within the effort."""


class Climb:
    """`searching`: each level that divides a team is searched at once. `nodes`: that a search may look at."""

    def __init__(self, field: Field, nodes: int, *, searching: bool = False) -> None:
        self.field, self.nodes, self.searching = field, nodes, searching
        self.program = Program(field)
        self.costs = Costs(self.program)
        self.bounds: dict[Level, int] = {}
        self.values = np.zeros(self.program.count)
        self.known: Numbers | None = None  # a plan that divides nobody and is as good as any in the levels so far
        self._fixed = np.zeros(self.program.count, bool)

    def run(self) -> None:
        self._levels()
        self.bounds[Level.MOVED] += self.field.keepable

    def _levels(self) -> None:
        for level in Level:
            if level is Level.LATEST_MUST:
                self._latest()
            elif level is Level.COVER_LOST:
                self._cover()
            else:
                cost = self.costs.of(level)
                if cost.any():
                    self._least(level, cost)
                else:
                    self.bounds[level] = 0

    def divided(self) -> bool:
        return divided(self.values)

    def _least(self, level: Level, cost: Numbers) -> None:
        size = LARGEST_COST / np.abs(cost).max()
        scaled = cost * min(1.0, size)
        solver = self.program.solver
        value = self._solve(scaled)
        solution = solver.getSolution()
        self.values = np.array(solution.col_value)
        exact = float(cost @ self.values)
        bound = int(np.ceil(exact - NOISE * max(1.0, 1 / size, abs(exact) / 1e6)))
        prices, rows = np.array(solution.col_dual), np.array(solution.row_dual)
        slack = NOISE * max(1.0, 1 / size)
        if not self.divided():
            self.known = self.values
        elif self.known is not None and float(cost @ self.known) - exact > slack:
            self.known = None
        if self.searching and self.known is None:
            values, low = self.search(scaled)
            amount = float(cost @ values)
            self.known = values
            if amount - exact > slack:
                low = low / min(1.0, size)
                self.bounds[level] = max(bound, min(int(np.ceil(low - slack)), round(amount)))
                self._keep_below(scaled, amount * min(1.0, size), prices, value)
                self.values = values
                return
        self.bounds.setdefault(level, bound)
        self._face(prices, rows, np.array(solution.row_value))

    def _solve(self, cost: Numbers) -> float:
        solver, count = self.program.solver, self.program.count
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
        solver.run()
        status = solver.getModelStatus()
        if status == INFEASIBLE:
            raise Nothing
        if status != OPTIMAL:
            raise Unsolved(str(status))
        return float(solver.getInfo().objective_function_value)

    def _face(self, prices: Numbers, rows: Numbers, activity: Numbers) -> None:
        """What every plan as good as the best has in common."""
        program = self.program
        columns = np.flatnonzero((np.abs(prices) > NOISE) & ~self._fixed).astype(np.int32)
        if len(columns):
            low, high, at = program.lower[columns], program.upper[columns], self.values[columns]
            at = np.where(np.abs(at - low) <= np.abs(at - high), low, high)
            program.lower[columns] = program.upper[columns] = at
            self._fixed[columns] = True
            program.solver.changeColsBounds(len(columns), columns, at, at)
        tight = np.flatnonzero((np.abs(rows) > NOISE) & (program.least < program.most)).astype(np.int32)
        if len(tight):
            low, high = program.least[tight], program.most[tight]
            at = np.where(np.abs(activity[tight] - low) <= np.abs(activity[tight] - high), low, high)
            program.least[tight] = program.most[tight] = at
            program.solver.changeRowsBounds(len(tight), tight, at, at)

    def _keep_below(self, cost: Numbers, most: float, prices: Numbers, value: float) -> None:
        """Where no undivided plan reaches the bound: the value as a row, and what is dearer than the gap is fixed."""
        program = self.program
        there = np.flatnonzero(cost).astype(np.int32)
        program.solver.addRow(-INFINITE, most, len(there), there, cost[there])
        program.least, program.most = np.append(program.least, -INFINITE), np.append(program.most, most)
        program.rows += 1
        columns = np.flatnonzero((np.abs(prices) > most - value + NOISE) & ~self._fixed & program.unit).astype(np.int32)
        if len(columns):
            at = np.where(self.values[columns] < 0.5, program.lower[columns], program.upper[columns])
            program.lower[columns] = program.upper[columns] = at
            self._fixed[columns] = True
            program.solver.changeColsBounds(len(columns), columns, at, at)

    def search(self, cost: Numbers) -> tuple[Numbers, float]:
        """(a plan that divides nobody, a bound). Raises: Nothing; TooHard when none was found within the nodes."""
        program, solver = self.program, self.program.solver
        basis = solver.getBasis()
        count = program.count
        every = np.arange(count, dtype=np.int32)
        solver.setOptionValue("mip_max_nodes", self.nodes)
        solver.changeColsCost(count, every, cost)
        solver.changeColsIntegrality(count, every, np.ones(count, np.uint8))
        if self.known is not None:
            start = highspy.HighsSolution()
            start.col_value = self.known.tolist()
            solver.setSolution(start)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.rint(solver.getSolution().col_value) if found else None
        bound = float(info.mip_dual_bound)
        solver.changeColsIntegrality(count, every, np.zeros(count, np.uint8))
        solver.setBasis(basis)
        if status == INFEASIBLE:
            raise Nothing
        if values is None:
            raise TooHard
        return values, bound

    def _latest(self) -> None:
        """The fewest steps within which all this can still be there: halving those that occur."""
        it, program = self.program.columns, self.program
        open_ = (it.must >= 0) & (self.costs.unknown == 0)
        open_[open_] = program.upper[it.must[open_]] > 0
        columns, steps = it.must[open_], self.costs.steps[open_]
        choices = np.unique(np.concatenate([[0], steps]))
        first, last = 0, len(choices) - 1
        if self.known is not None:
            last = self._reached(choices, steps[self.known[columns] > 0.5])
        zero = np.zeros(program.count)
        while first < last:
            middle = (first + last) // 2
            far = columns[steps > choices[middle]].astype(np.int32)
            program.solver.changeColsBounds(len(far), far, program.lower[far], np.zeros(len(far)))
            if self._possible(zero):
                last = min(middle, self._reached(choices, steps[self.values[columns] > NOISE]))
            else:
                first = middle + 1
            program.solver.changeColsBounds(len(far), far, program.lower[far], program.upper[far])
        far = columns[steps > choices[last]].astype(np.int32)
        program.upper[far] = 0.0
        self._fixed[far] = True
        program.solver.changeColsBounds(len(far), far, program.lower[far], program.upper[far])
        self.bounds[Level.LATEST_MUST] = int(choices[last])

    @staticmethod
    def _reached(choices: Ints, steps: Ints) -> int:
        return int(np.searchsorted(choices, steps.max())) if len(steps) else 0

    def _possible(self, cost: Numbers) -> bool:
        """Whether anything is left; `values` are then of it."""
        try:
            self._solve(cost)
            values = np.array(self.program.solver.getSolution().col_value)
            if divided(values) and self.searching:
                values = self.search(cost)[0]
        except Nothing:
            return False
        self.values = values
        if not divided(values):
            self.known = values
        return True

    def _cover(self) -> None:
        """Adds a column for each place that may lose all that cover it."""
        program, it = self.program, self.program.columns
        able = np.zeros(len(self.field.teams), bool)
        able[it.arc_team[it.arc_of[program.upper[it.arc_column] > 0]]] = True
        people: dict[frozenset[int], int] = {}
        for spot, teams in zip(self.field.cover, self.field.covering, strict=True):
            if teams and all(able[one] for one in teams):
                people[teams] = people.get(teams, 0) + spot.people
        rows = sorted((sorted(teams), count) for teams, count in people.items() if count)
        if not rows:
            self.bounds[Level.COVER_LOST] = 0
            return
        first, of = program.count, program.columns_by_team()
        used = [np.concatenate([of[one] for one in teams]) for teams, _count in rows]
        sizes = np.array([len(teams) for teams, _count in rows])
        if self.known is not None:
            away = np.array([self.known[columns].sum() for columns in used]) > sizes - 0.5
            self.known = np.concatenate([self.known, away.astype(float)])
        program.add_lost(used, sizes.tolist())
        self._fixed = np.concatenate([self._fixed, np.zeros(len(rows), bool)])
        self.values = np.concatenate([self.values, np.zeros(len(rows))])
        cost = np.zeros(program.count)
        cost[first:] = [count for _teams, count in rows]
        self._least(Level.COVER_LOST, cost)

    def plan(self) -> Plan:
        return plan_of(self.program, self.values)


def plan_of(program: Program, values: Numbers) -> Plan:
    it = program.columns
    used = np.zeros(len(it.arc_team))
    np.add.at(used, it.arc_of, values[it.arc_column])
    arcs = np.flatnonzero(used > 0.5)
    holds = []
    for kind, must in ((it.must, True), (it.should, False)):
        there = np.flatnonzero(kind >= 0)
        there = there[values[kind[there]] > 0.5]
        holds += [(int(it.arc_team[it.hold_arc[one]]), int(it.hold_slot[one]), must) for one in there.tolist()]
    sent = {(int(it.arc_team[one]), int(it.arc_incident[one])) for one in arcs.tolist()}
    return Plan(frozenset(sent), frozenset(holds))


def divided(values: Numbers) -> bool:
    return bool((np.abs(values - np.rint(values)) > 1e-5).any())


def climb(field: Field, nodes: int) -> Climbed:
    """The best plan. It is proven in a level where its worth is the bound, and so are those before."""
    if not field.slots:
        return Climbed(Plan(frozenset(), frozenset()), dict.fromkeys(Level, 0))
    try:
        quick = Climb(field, nodes)
        quick.run()
        if quick.divided():
            quick.values = quick.search(quick.costs.of(Level.PLACES))[0]
        plan = quick.plan()
        if worth_of(field, plan) == quick.bounds:
            return Climbed(plan, quick.bounds)
    except (Nothing, TooHard):
        pass
    except Unsolved:
        return Climbed(rough(field), {})
    return _searched(field, nodes)


def _searched(field: Field, nodes: int) -> Climbed:
    slow = Climb(field, nodes, searching=True)
    try:
        slow.run()
    except (Nothing, TooHard, Unsolved):
        if slow.known is None:
            return Climbed(rough(field), {})
        slow.values = slow.known
    if slow.divided():
        assert slow.known is not None
        slow.values = slow.known
    return Climbed(slow.plan(), slow.bounds)
