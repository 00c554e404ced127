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
    tenths, all_steps, unknowns, going = field.lists
    slots, weights = field.slots, [one.weight for one in field.incidents]
    unmet = [sum(weights[one.incident] * one.must for one in slots), 0]
    unmet[1] = sum(weights[one.incident] * one.should for one in slots)
    unknown, total = [0, 0], [0, 0]
    moved, latest, seconds = field.keepable, 0, 0
    for team, place, must in plan.holds:
        at, kind = slots[place].incident, 0 if must else 1
        unmet[kind] -= weights[at]
        moved -= going[team] == at
        seconds += tenths[team][at]
        unknown[kind] += unknowns[team][at]
        total[kind] += all_steps[team][at] * weights[at]
        if must:
            latest = max(latest, all_steps[team][at])
    lost = lost_cover(field, (team for team, _at in plan.sent)) if field.cover else []
    return {
        Level.UNMET_MUST: unmet[0],
        Level.MOVED: moved,
        Level.UNKNOWN_MUST: unknown[0],
        Level.LATEST_MUST: latest,
        Level.TOTAL_MUST: total[0],
        Level.UNMET_SHOULD: unmet[1],
        Level.UNKNOWN_SHOULD: unknown[1],
        Level.TOTAL_SHOULD: total[1],
        Level.COVER_LOST: sum(field.cover[one].people for one in lost),
        Level.SECONDS: seconds,
        Level.LOAD: sum(field.teams[team].called_today for team, _at in plan.sent),
        Level.TEAMS: len(plan.sent),
        Level.ORDER: sum(1 + team for team, _at in plan.sent),
        Level.PLACES: sum((1 + team) * (1 + at) for team, at in plan.sent),
    }


def lost_cover(field: Field, sent: Iterable[int]) -> list[int]:
    """Places of the cover that are covered now and no more when these teams have gone."""
    gone = set(sent)
    return [place for place, teams in enumerate(field.covering) if teams and teams <= gone]
