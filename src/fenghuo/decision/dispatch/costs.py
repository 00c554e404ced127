"""What each level counts, as costs of the columns of a program."""

import numpy as np

from .field import Ints
from .levels import Level
from .program import Numbers, Program


class Costs:
    """Of a program's columns. Arrays stay the same while the levels go by, but for cover, which adds columns."""

    def __init__(self, program: Program) -> None:
        self.program = program
        field, it = program.field, program.columns
        weights = np.array([incident.weight for incident in field.incidents], np.int64)
        self.slot_weight = np.array([weights[slot.incident] for slot in field.slots], np.int64)
        team, incident = it.arc_team[it.hold_arc], it.arc_incident[it.hold_arc]
        self.unknown = field.unknown[team, incident].astype(np.int64)
        self.steps, self.tenths = field.steps[team, incident], field.tenths[team, incident]
        self.total = self.steps * weights[incident]
        self.going = (field.going[team] == incident).astype(np.int64)
        self.load = np.array([one.called_today for one in field.teams], np.int64)

    def of(self, level: Level) -> Numbers:
        program, it = self.program, self.program.columns
        cost = np.zeros(program.count)
        if level in (Level.UNMET_MUST, Level.UNMET_SHOULD):
            unmet = it.unmet_must if level is Level.UNMET_MUST else it.unmet_should
            cost[unmet[unmet >= 0]] = self.slot_weight[unmet >= 0]
        elif level is Level.MOVED:
            self._held(cost, -self.going, must=True, should=True)
        elif level in (Level.UNKNOWN_MUST, Level.UNKNOWN_SHOULD):
            must = level is Level.UNKNOWN_MUST
            self._held(cost, self.unknown, must=must, should=not must)
        elif level in (Level.TOTAL_MUST, Level.TOTAL_SHOULD):
            must = level is Level.TOTAL_MUST
            self._held(cost, self.total, must=must, should=not must)
        elif level is Level.SECONDS:
            self._held(cost, self.tenths, must=True, should=True)
        elif level is Level.LOAD:
            cost[it.arc_column] = self.load[it.arc_team[it.arc_of]]
        elif level is Level.TEAMS:
            cost[it.arc_column] = 1
        elif level is Level.ORDER:
            cost[it.arc_column] = 1 + it.arc_team[it.arc_of]
        elif level is Level.PLACES:
            cost[it.arc_column] = (1 + it.arc_team[it.arc_of]) * (1 + it.arc_incident[it.arc_of])
        return cost

    def _held(self, cost: Numbers, amount: Ints, *, must: bool, should: bool) -> None:
        it = self.program.columns
        for kind, wanted in ((it.must, must), (it.should, should)):
            if wanted:
                cost[kind[kind >= 0]] += amount[kind >= 0]
