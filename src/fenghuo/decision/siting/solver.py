"""A linear program with whole-number columns, put to HiGHS."""

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from .pairs import Flags, Numbers

INFINITE = highspy.kHighsInf


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """`values`: of the columns, None when there is no solution (yet). `done`: proven, to the solver's precision."""

    values: Numbers | None
    bound: float
    done: bool


@dataclass(slots=True, eq=False)
class Program:
    """Least `cost` · columns; each column between its `lower` and `upper`, whole where `whole` says so."""

    cost: Numbers
    lower: Numbers
    upper: Numbers
    whole: Flags
    _entries: list[tuple[NDArray[np.int64], NDArray[np.int64], Numbers]] = field(default_factory=list)
    _least: list[Numbers] = field(default_factory=list)
    _most: list[Numbers] = field(default_factory=list)
    _rows: int = 0

    def rows(
        self, count: int, row: ArrayLike, column: ArrayLike, value: ArrayLike, least: float, most: ArrayLike
    ) -> None:
        """Adds `count` rows; entries as triples, `row` counted from 0 among these."""
        row, column = np.asarray(row, np.int64), np.asarray(column, np.int64)
        self._entries.append((row + self._rows, column, np.broadcast_to(np.asarray(value, np.float64), row.shape)))
        self._least.append(np.full(count, least))
        self._most.append(np.broadcast_to(np.asarray(most, np.float64), (count,)))
        self._rows += count

    def solved(self, seconds: float) -> Solved:
        solver = highspy._Highs()  # type: ignore[attr-defined]  # Highs prints a banner where our answer goes
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", seconds)):
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(solver.getSolution().col_value) if found else None
        done = status == highspy.HighsModelStatus.kOptimal
        bound = info.mip_dual_bound if self.whole.any() else -np.inf
        return Solved(values, float(bound), done)

    def _model(self) -> highspy.HighsLp:
        row, column, value = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        order = np.argsort(row, kind="stable")
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), self._rows
        model.col_cost_, model.col_lower_, model.col_upper_ = self.cost, self.lower, self.upper
        model.row_lower_, model.row_upper_ = np.concatenate(self._least), np.concatenate(self._most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(row[order], np.arange(self._rows + 1)).astype(np.int32)
        model.a_matrix_.index_ = column[order].astype(np.int32)
        model.a_matrix_.value_ = value[order]
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in self.whole.tolist()]
        return model
