"""What each level counts, as costs of the columns of a program; and what a plan is worth in it, in whole numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .field import Field, Ints
from .levels import Level, Worth
from .program import Numbers, Program

type Holds = frozenset[tuple[int, int, bool]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`sent`: (team, incident); `holds`: (team, slot, must). Numbers are places in the field."""

    sent: frozenset[tuple[int, int]]
    holds: Holds


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


def worth_of(field: Field, plan: Plan) -> Worth:
    """Counted from the plan alone."""
    held = [[0, 0] for _slot in field.slots]
    worth = dict.fromkeys(Level, 0)
    worth[Level.MOVED] = field.keepable
    tenths, all_steps, unknowns, going = field.lists
    for team, place, must in plan.holds:
        at = field.slots[place].incident
        held[place][0 if must else 1] += 1
        worth[Level.MOVED] -= going[team] == at
        worth[Level.SECONDS] += tenths[team][at]
        steps, unknown = all_steps[team][at], unknowns[team][at]
        total = steps * field.incidents[at].weight
        if must:
            worth[Level.UNKNOWN_MUST] += unknown
            worth[Level.TOTAL_MUST] += total
            worth[Level.LATEST_MUST] = max(worth[Level.LATEST_MUST], steps)
        else:
            worth[Level.UNKNOWN_SHOULD] += unknown
            worth[Level.TOTAL_SHOULD] += total
    for slot, (musts, shoulds) in zip(field.slots, held, strict=True):
        weight = field.incidents[slot.incident].weight
        worth[Level.UNMET_MUST] += weight * (slot.must - musts)
        worth[Level.UNMET_SHOULD] += weight * (slot.should - shoulds)
    worth[Level.COVER_LOST] = sum(
        field.cover[one].people for one in lost_cover(field, (team for team, _at in plan.sent))
    )
    for team, place in plan.sent:
        worth[Level.LOAD] += field.teams[team].called_today
        worth[Level.TEAMS] += 1
        worth[Level.ORDER] += 1 + team
        worth[Level.PLACES] += (1 + team) * (1 + place)
    return worth


def lost_cover(field: Field, sent: Iterable[int]) -> list[int]:
    """Places of the cover that are covered now and no more when these teams have gone."""
    gone = set(sent)
    return [place for place, teams in enumerate(field.covering) if teams and teams <= gone]
