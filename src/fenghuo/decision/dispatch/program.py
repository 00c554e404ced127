"""The plans of a field as a linear program for HiGHS, solved level after level from where the last one ended.

Columns: for each team that may be sent to an incident for a capability one for *must* and one for *should*; one for its
going there at all where it has more than one capability asked for; what stays unmet; a limit reached; cover lost.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from .field import Field, Flags, Ints

type Numbers = NDArray[np.float64]

INFINITE = highspy.kHighsInf
LARGEST_COST = 1000.0  # costs are brought to this size, so that the solver's tolerances mean the same everywhere
NOISE = 1e-6  # of what the solver says, at that size


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Arrays of column numbers. `must`, `should`: of each hold (team, slot), -1 when none; `arc_columns`: pairs of an
    arc (team, incident) and a column that belongs to its being used: their sum is 1 when the team goes, else 0."""

    arc_team: Ints
    arc_incident: Ints
    hold_arc: Ints
    hold_slot: Ints
    must: Ints
    should: Ints
    arc_of: Ints
    arc_column: Ints
    unmet_must: Ints
    unmet_should: Ints
    count: int


def columns_of(field: Field) -> Columns:
    team, slot = np.nonzero(field.can)
    at = np.array([one.incident for one in field.slots], np.int64)
    width = max(1, len(field.incidents))
    keys, arc = np.unique(team * width + at[slot], return_inverse=True)
    musts = np.array([one.must for one in field.slots], np.int64)
    shoulds = np.array([one.should for one in field.slots], np.int64)
    free = 0

    def numbered(flags: Flags) -> Ints:
        nonlocal free
        found = np.where(flags, free + np.cumsum(flags) - 1, -1).astype(np.int64)
        free += int(flags.sum())
        return found

    must, should = numbered(musts[slot] > 0), numbered(shoulds[slot] > 0)
    many = np.bincount(arc, minlength=len(keys)) > 1
    x = numbered(many)
    unmet_must, unmet_should = numbered(musts > 0), numbered(shoulds > 0)
    single = ~many[arc]
    arc_of = [np.flatnonzero(many)] + [arc[single & (kind >= 0)] for kind in (must, should)]
    arc_column = [x[many]] + [kind[single & (kind >= 0)] for kind in (must, should)]
    return Columns(
        keys // width,
        keys % width,
        arc,
        slot,
        must,
        should,
        np.concatenate(arc_of),
        np.concatenate(arc_column),
        unmet_must,
        unmet_should,
        free,
    )


class Program:
    """`lower`, `upper`: of columns, as they stand after the levels so far."""

    def __init__(self, field: Field) -> None:
        self.field, self.columns = field, columns_of(field)
        self.count = self.columns.count
        self._entries: list[tuple[Ints, Ints, Numbers]] = []
        self._least: list[Numbers] = []
        self._most: list[Numbers] = []
        self.rows = 0
        self.upper = np.ones(self.count)
        self._fill()
        self._limits()
        self.lower = np.zeros(self.count)
        self.unit = self.upper <= 1.0
        self.solver = highspy._Highs()  # type: ignore[attr-defined]  # Highs prints a banner where our answer goes
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6)):
            self.solver.setOptionValue(name, value)
        if self.solver.passModel(self._model()) == highspy.HighsStatus.kError:
            raise AssertionError("the program of a dispatch is malformed")
        self.least, self.most = np.concatenate([[], *self._least]), np.concatenate([[], *self._most])

    def columns_by_team(self) -> dict[int, Ints]:
        """Columns whose sum is 1 when the team goes anywhere."""
        it = self.columns
        team = it.arc_team[it.arc_of]
        order = np.argsort(team, kind="stable")
        names, first = np.unique(team[order], return_index=True)
        return dict(zip(names.tolist(), np.split(it.arc_column[order], first[1:]), strict=True))

    def add_lost(self, used: list[Ints], teams: list[int]) -> None:
        """For each group of teams a column that is 1 when all are away: when `used` add up to their number."""
        new = len(used)
        solver, free, zero, one = self.solver, np.array([], np.int32), np.zeros(new), np.ones(new)
        solver.addCols(new, zero, zero, one, 0, free, free, np.array([], np.float64))
        columns = [np.append(columns, self.count + place) for place, columns in enumerate(used)]
        sizes = np.array([len(one) for one in columns])
        values = np.ones(sizes.sum())
        values[np.cumsum(sizes) - 1] = -1.0
        starts = (np.cumsum(sizes) - sizes).astype(np.int32)
        least, most = np.full(new, -INFINITE), np.array(teams, float) - 1.0
        index = np.concatenate(columns).astype(np.int32)
        solver.addRows(new, least, most, len(index), starts, index, values)
        self.lower, self.upper = np.append(self.lower, zero), np.append(self.upper, one)
        self.least, self.most = np.append(self.least, least), np.append(self.most, most)
        self.unit = np.append(self.unit, np.ones(new, bool))
        self.count += new
        self.rows += new

    def _row(
        self, count: int, row: ArrayLike, column: ArrayLike, value: ArrayLike, least: ArrayLike, most: ArrayLike
    ) -> None:
        """Adds `count` rows; entries as triples, `row` counted from 0 among these."""
        row, column = np.asarray(row, np.int64), np.asarray(column, np.int64)
        value = np.broadcast_to(np.asarray(value, np.float64), row.shape)
        self._entries.append((row + self.rows, column, value))
        self._least.append(np.broadcast_to(np.asarray(least, np.float64), (count,)))
        self._most.append(np.broadcast_to(np.asarray(most, np.float64), (count,)))
        self.rows += count

    def _fill(self) -> None:
        """A team is at one incident; a hold needs its team there; slots are held or unmet."""
        it, slots = self.columns, self.field.slots
        places, teams = np.unique(it.arc_team, return_inverse=True)
        self._row(len(places), teams[it.arc_of], it.arc_column, 1.0, -INFINITE, 1.0)
        many = np.bincount(it.hold_arc, minlength=len(it.arc_team)) > 1
        holds = np.flatnonzero(many[it.hold_arc])
        x = np.full(len(it.arc_team), -1, np.int64)
        x[it.arc_of[many[it.arc_of]]] = it.arc_column[many[it.arc_of]]
        rows, columns, values = [np.arange(len(holds))], [x[it.hold_arc[holds]]], [np.full(len(holds), -1.0)]
        for kind in (it.must, it.should):
            there = np.flatnonzero(kind[holds] >= 0)
            rows.append(there)
            columns.append(kind[holds[there]])
            values.append(np.ones(len(there)))
        self._row(len(holds), np.concatenate(rows), np.concatenate(columns), np.concatenate(values), -INFINITE, 0.0)
        for kind, unmet, wanted in (
            (it.must, it.unmet_must, [one.must for one in slots]),
            (it.should, it.unmet_should, [one.should for one in slots]),
        ):
            there, held = np.flatnonzero(unmet >= 0), np.flatnonzero(kind >= 0)
            number = np.full(len(slots), -1, np.int64)
            number[there] = np.arange(len(there))
            amount = np.array(wanted, float)[there]
            row = np.concatenate([number[it.hold_slot[held]], np.arange(len(there))])
            self._row(len(there), row, np.concatenate([kind[held], unmet[there]]), 1.0, amount, amount)
            self.upper[unmet[there]] = amount

    def _limits(self) -> None:
        """Where an incident has a limit: of those newly sent, beyond it nobody who holds no must there."""
        it = self.columns
        for place, incident in enumerate(self.field.incidents):
            arcs = np.flatnonzero((it.arc_incident == place) & (self.field.going[it.arc_team] != place))
            if incident.most is None or len(arcs) <= incident.most:
                continue
            used = np.flatnonzero(np.isin(it.arc_of, arcs))
            musts = sum(slot.must for slot in self.field.slots if slot.incident == place)
            if musts <= incident.most:  # those who hold a must are never too many
                self._row(1, np.zeros(len(used), int), it.arc_column[used], 1.0, -INFINITE, float(incident.most))
                continue
            over, first = self.count, self.count + 1
            self.count += 1 + len(arcs)
            self.upper = np.concatenate([self.upper, np.ones(1 + len(arcs))])
            number = np.full(len(it.arc_team), -1, np.int64)
            number[arcs] = np.arange(len(arcs))
            holding = np.flatnonzero((number[it.hold_arc] >= 0) & (it.must >= 0))
            extra = first + np.arange(len(arcs))
            columns = np.concatenate([it.arc_column[used], [over]])
            values = np.concatenate([np.ones(len(used)), [-float(min(musts, len(arcs)) - incident.most)]])
            self._row(1, np.zeros(len(columns), int), columns, values, -INFINITE, float(incident.most))
            rows = np.concatenate([number[it.arc_of[used]], number[it.hold_arc[holding]], np.arange(len(arcs))])
            columns = np.concatenate([it.arc_column[used], it.must[holding], extra])
            values = np.concatenate([np.ones(len(used)), -np.ones(len(holding)), -np.ones(len(arcs))])
            self._row(len(arcs), rows, columns, values, -INFINITE, 0.0)
            both = np.arange(len(arcs))
            columns = np.concatenate([extra, np.full(len(arcs), over)])
            self._row(len(arcs), np.concatenate([both, both]), columns, 1.0, -INFINITE, 1.0)

    def _model(self) -> highspy.HighsLp:
        row, column, value = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        cells, at = np.unique(row * self.count + column, return_inverse=True)  # a hold may be named twice in a row
        value = np.bincount(at, weights=value, minlength=len(cells))
        row, column = cells // self.count, cells % self.count
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.count, self.rows
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(self.count), self.lower, self.upper
        model.row_lower_, model.row_upper_ = np.concatenate(self._least), np.concatenate(self._most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(row, np.arange(self.rows + 1)).astype(np.int32)
        model.a_matrix_.index_ = column.astype(np.int32)
        model.a_matrix_.value_ = value
        return model
