"""A question read into arrays, in the order of ids: whatever the order of the question, the same field."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fenghuo.standards.needs import Need

from .asking import Cover, Incident, Of, Question, Team

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Slot:
    """What an incident asks for of one capability: its needs, those that must be met first."""

    incident: int
    capability: str
    needs: tuple[Need, ...]
    must: int
    should: int

    @property
    def count(self) -> int:
        return self.must + self.should


@dataclass(frozen=True, eq=False)
class Field:
    """Teams and incidents by id. `tenths`: reckoned (tired ones later), `steps` of them, both 0 where unknown.

    `reach` False: no road. `may_go`: own, and free or on the way. `going`: place of the incident it goes to, or -1.
    """

    asked: Question
    teams: list[Team]
    incidents: list[Incident]
    slots: list[Slot]
    tenths: Ints
    steps: Ints
    unknown: Flags
    reach: Flags
    seconds: NDArray[np.float64]
    tired: Flags
    may_go: Flags
    going: Ints
    cover: list[Cover]

    @cached_property
    def place(self) -> dict[int, int]:
        """Of a team by its id."""
        return {team.id: place for place, team in enumerate(self.teams)}

    @cached_property
    def has(self) -> Flags:
        """Teams × slots: the team has the capability."""
        asked: dict[str, list[int]] = {}
        for place, slot in enumerate(self.slots):
            asked.setdefault(slot.capability, []).append(place)
        names = frozenset(asked)
        pairs = [
            (place, slot)
            for place, team in enumerate(self.teams)
            for name in team.capabilities & names
            for slot in asked[name]
        ]
        found = np.zeros((len(self.teams), len(self.slots)), bool)
        if pairs:
            found[tuple(np.array(pairs).T)] = True
        return found

    @cached_property
    def can(self) -> Flags:
        """Teams × slots: it may be sent there for that."""
        at = [slot.incident for slot in self.slots]
        return self.has & self.may_go[:, None] & self.reach[:, at]

    @cached_property
    def lists(self) -> tuple[list[list[int]], list[list[int]], list[list[bool]], list[int]]:
        """`tenths`, `steps`, `unknown`, `going`: single values are read faster there."""
        return self.tenths.tolist(), self.steps.tolist(), self.unknown.tolist(), self.going.tolist()

    @cached_property
    def covering(self) -> list[frozenset[int]]:
        """For each place of the cover the teams at home that keep it covered now."""
        found = []
        for one in self.cover:
            there = (self.place[key] for key in one.teams if key in self.place)
            found.append(frozenset(place for place in there if self._covers(place, one.capability)))
        return found

    @cached_property
    def covered_by(self) -> dict[int, list[int]]:
        """Team → places of the cover that it keeps."""
        found: dict[int, list[int]] = {}
        for spot, teams in enumerate(self.covering):
            for team in teams:
                found.setdefault(team, []).append(spot)
        return found

    def _covers(self, place: int, capability: str) -> bool:
        home = bool(self.may_go[place]) and self.going[place] < 0
        return home and (not capability or capability in self.teams[place].capabilities)

    @cached_property
    def keepable(self) -> int:
        """Jobs that teams on the way could do at their incidents."""
        at = np.array([slot.incident for slot in self.slots], np.int64)
        there = (self.can & (self.going[:, None] == at)).sum(axis=0).tolist()
        return sum(min(count, slot.count) for count, slot in zip(there, self.slots, strict=True))

    def rank(self, team: int, incident: int) -> tuple[bool, int, int, int]:
        """Who comes first: known times before unknown; reckoned time; call-outs; id."""
        unknown = bool(self.unknown[team, incident])
        return unknown, int(self.tenths[team, incident]), self.teams[team].called_today, team


def read(asked: Question) -> Field:
    """`asked` must have been checked."""
    order = sorted(range(len(asked.teams)), key=lambda one: asked.teams[one].id)
    places = sorted(range(len(asked.incidents)), key=lambda one: asked.incidents[one].id)
    teams = [asked.teams[one] for one in order]
    incidents = [_in_order(asked.incidents[one]) for one in places]
    told = np.array([asked.seconds[one] for one in order], float).reshape(len(teams), len(incidents))[:, places]
    unknown, reach = np.isnan(told), ~np.isinf(told)
    rules = asked.rules
    tired = np.array([team.called_today >= rules.tired_from for team in teams], bool)
    clean = np.where(unknown | ~reach, 0.0, told)
    tenths = np.rint(10 * (clean + np.where(tired, rules.tired_seconds, 0.0)[:, None])).astype(np.int64)
    step = max(1, round(10 * rules.step_seconds))
    steps = np.maximum(1, -(-tenths // step))  # nobody is there at once
    tenths[unknown | ~reach] = steps[unknown | ~reach] = 0
    at = {incident.id: place for place, incident in enumerate(incidents)}
    going = np.array([-1 if team.going_to is None else at[team.going_to] for team in teams], np.int64)
    own = np.array([team.of is Of.OWN and (team.free or team.going_to is not None) for team in teams], bool)
    return Field(
        asked,
        teams,
        incidents,
        _slots(incidents),
        tenths,
        steps,
        unknown,
        reach,
        told,
        tired,
        own,
        going,
        sorted(asked.cover, key=lambda one: one.id),
    )


def need_order(need: Need) -> tuple[bool, str, str, int]:
    return not need.must, need.capability, need.why, need.count


def _in_order(incident: Incident) -> Incident:
    return replace(incident, needs=tuple(sorted(incident.needs, key=need_order)))


def _slots(incidents: list[Incident]) -> list[Slot]:
    found = []
    for place, incident in enumerate(incidents):
        by: dict[str, list[Need]] = {}
        for need in incident.needs:
            by.setdefault(need.capability, []).append(need)
        for capability in sorted(by):
            needs = by[capability]
            must = sum(need.count for need in needs if need.must)
            should = sum(need.count for need in needs if not need.must)
            if must + should:
                found.append(Slot(place, capability, tuple(needs), must, should))
    return found
