"""A plan as proposals: who goes for what and why, who does not and why, what is unmet and who could be asked."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from fenghuo.standards.needs import Need

from .answers import Choice, NotChosen, Unmet
from .asking import Incident, Of, Team
from .field import Field
from .plans import Plan
from .reasons import Reason, Why

MOST_NOTABLE = 8  # rows of not_chosen: more than that nobody reads at night
MOST_ASKED = 5
MOST_NAMES = 3


class Scene:
    """One incident of a plan. Teams are places in the field, ranked: who comes first, first."""

    def __init__(self, field: Field, plan: Plan, place: int) -> None:
        self.field, self.plan, self.place = field, plan, place
        self.incident: Incident = field.incidents[place]
        unknown, tenths = field.unknown[:, place].tolist(), field.tenths[:, place].tolist()
        cut = (~field.reach[:, place]).tolist()
        loads = [team.called_today for team in field.teams]
        self.ranked = sorted(
            range(len(field.teams)), key=lambda one: (unknown[one] or cut[one], tenths[one], loads[one], one)
        )
        self.number = {one: number for number, one in enumerate(self.ranked)}
        told = field.seconds[:, place].tolist()
        self.seconds = [None if unknown[one] or cut[one] else told[one] for one in range(len(told))]
        self.cut = cut
        self.sent = {team for team, at in plan.sent if at == place}
        self.gone = {team for team, _at in plan.sent}
        self.elsewhere = {team: field.incidents[at] for team, at in plan.sent if at != place}
        self.free = [
            bool(may) and not cut[one] and one not in self.elsewhere for one, may in enumerate(field.may_go.tolist())
        ]
        self.slots = [number for number, slot in enumerate(field.slots) if slot.incident == place]
        self._having: dict[str, list[int]] = {}
        self._seen: dict[int, Team] = {}

    def team(self, one: int) -> Team:
        """With its time to this incident."""
        if one not in self._seen:
            team, seconds, cut = self.field.teams[one], self.seconds[one], self.cut[one]
            if team.seconds != seconds or team.cut_off != cut:
                team = replace(team, seconds=seconds, cut_off=cut)
            self._seen[one] = team
        return self._seen[one]

    def nearer(self, one: int, than: int) -> bool:
        mine, other = self.seconds[one], self.seconds[than]
        return mine is not None and (other is None or mine < other)

    def having(self, capability: str) -> list[int]:
        """Own teams with it, ranked."""
        if capability not in self._having:
            teams = self.field.teams
            self._having[capability] = [
                one for one in self.ranked if capability in teams[one].capabilities and teams[one].of is Of.OWN
            ]
        return self._having[capability]

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """Slot → who counts for it, those for the must first."""
        found: dict[int, list[tuple[bool, int, int]]] = {slot: [] for slot in self.slots}
        for team, slot, must in self.plan.holds:
            if slot in found:
                found[slot].append((not must, self.number[team], team))
        return {slot: [team for _should, _number, team in sorted(rows)] for slot, rows in found.items()}

    def needs(self, place: int) -> list[tuple[Need, list[int]]]:
        """The needs of a slot, each with those who fill it. A must is filled by those who hold one."""
        slot = self.field.slots[place]
        musts = [team for team in self.holders[place] if (team, place, True) in self.plan.holds]
        shoulds = [team for team in self.holders[place] if (team, place, False) in self.plan.holds]
        found = []
        for need in slot.needs:
            of = musts if need.must else shoulds
            found.append((need, of[: need.count]))
            del of[: need.count]
        return found

    def choices(self) -> list[Choice]:
        covers: dict[int, list[Need]] = {}
        every = [pair for place in self.slots for pair in self.needs(place)]
        for need, teams in sorted(every, key=lambda pair: not pair[0].must):
            for team in teams:
                covers.setdefault(team, []).append(need)
        found = sorted(covers, key=lambda one: (not covers[one][0].must, self.number[one]))
        return [self._choice(one, covers[one]) for one in found]

    def _choice(self, one: int, covers: list[Need]) -> Choice:
        why, team = [], self.team(one)
        stays = self.field.going[one] == self.place
        if stays:
            why.append(Reason(Why.STAYS))
        elif self.field.going[one] >= 0:
            why.append(Reason(Why.MOVED, text=self.field.incidents[int(self.field.going[one])].name))
        for capability in dict.fromkeys(need.capability for need in covers):
            having = self.having(capability)
            free = [other for other in having if self.free[other]]
            if len(free) == 1:
                why.append(Reason(Why.ONLY_ONE, capability))
            elif self.seconds[one] is not None:
                number = 1 + sum(self.nearer(other, one) for other in free)
                why.append(Reason(Why.NEAREST, capability, number=number))
            nearer = next((other for other in having if not self.free[other] and self.nearer(other, one)), None)
            if nearer is not None:
                why.append(Reason(Why.AFTER, capability, team=self.field.teams[nearer].id))
        if len(covers) > 1:
            why.append(Reason(Why.COVERS_SEVERAL, number=len(covers)))
        if self.field.tired[one]:
            why.append(Reason(Why.CALLED_OUT, number=team.called_today))
        if self.seconds[one] is None:
            why.append(Reason(Why.TIME_UNKNOWN))
        why += self._leaves(one)
        return Choice(team, tuple(covers), self.seconds[one], tuple(why), bool(stays))

    def _leaves(self, one: int) -> list[Reason]:
        lost = [spot for spot in self.field.covered_by.get(one, ()) if self.field.covering[spot] <= self.gone]
        return [_of_cover(self.field, Why.LEAVES, lost)] if lost else []

    def unmet(self) -> list[Unmet]:
        found = []
        for place in self.slots:
            slot = self.field.slots[place]
            available = sum(self.free[one] for one in self.having(slot.capability))
            for need, teams in self.needs(place):
                missing = max(0, need.count - available)
                available = max(0, available - need.count)
                if need.count > len(teams):
                    found.append(self._unmet(need, missing, need.count - len(teams) - missing))
        found.sort(key=lambda one: (not one.need.must, one.need.capability, one.need.why, one.need.count))
        return found

    def _unmet(self, need: Need, missing: int, cut: int) -> Unmet:
        having = self.having(need.capability)
        other = next((one for one in having if not self.free[one]), None)
        best = NotChosen(self.team(other), self._not_free(other)) if other is not None and missing else None
        why = [Reason(Why.NOBODY_HAS_IT, need.capability)] if not having else []
        free = sum(self.free[one] for one in having)
        why += [Reason(Why.NO_MORE, need.capability, number=free)] if missing and free else []
        why += [Reason(Why.LIMIT, number=cut)] if cut and self.incident.most is not None else []
        asked = self._could_ask(need.capability)
        why += [_asked(team) for team in asked]
        return Unmet(need, missing, cut, best, tuple(why), tuple(asked))

    def _could_ask(self, capability: str) -> list[Team]:
        teams = self.field.teams
        able = [
            one
            for one in self.ranked
            if teams[one].of is not Of.OWN
            and capability in teams[one].capabilities
            and teams[one].free
            and not self.cut[one]
        ]
        return [self.team(one) for one in able[:MOST_ASKED]]

    def not_chosen(self) -> list[NotChosen]:
        """Those a commander would ask about, nearest first: able and not sent; then near and unable."""
        notable: dict[int, tuple[bool, tuple[Reason, ...]]] = {}
        picked = [
            (need, teams)
            for place in sorted(self.slots, key=lambda one: self.field.slots[one].must == 0)
            for need, teams in self.needs(place)
            if need.count
        ]
        picked.sort(key=lambda pair: (not pair[0].must, pair[0].capability, pair[0].why, pair[0].count))
        for need, chosen in picked:
            last = max(chosen, key=self.number.__getitem__) if chosen else None
            lacking = need.count > len(chosen)
            for one in self.having(need.capability):
                if one in self.sent or one in notable:
                    continue
                if lacking or (last is not None and self.nearer(one, last)):
                    notable[one] = False, self._passed(one, last, lacking)
        near = {one: last for one, last in self._near_and_unable(picked).items() if one not in notable}
        for one, (need, last) in near.items():
            notable[one] = True, (Reason(Why.LACKS, need.capability, team=self.field.teams[last].id),)
        ranked = sorted(notable, key=lambda one: (notable[one][0], self.number[one]))[:MOST_NOTABLE]
        return [NotChosen(self.team(one), notable[one][1]) for one in ranked]

    def _near_and_unable(self, picked: Iterable[tuple[Need, list[int]]]) -> dict[int, tuple[Need, int]]:
        found: dict[int, tuple[Need, int]] = {}
        teams = self.field.teams
        for need, chosen in picked:
            if not chosen:
                continue
            last = max(chosen, key=self.number.__getitem__)
            for one in self.ranked:
                if not self.free[one] or one in self.sent or one in found:
                    continue
                if need.capability not in teams[one].capabilities and self.nearer(one, last):
                    found[one] = need, last
        return found

    def _passed(self, one: int, last: int | None, lacking: bool) -> tuple[Reason, ...]:
        if not self.free[one]:
            return self._not_free(one)
        if lacking and self.incident.most is not None:
            return (Reason(Why.LIMIT),)
        if self.field.tired[one]:
            return (Reason(Why.CALLED_OUT, number=self.field.teams[one].called_today),)
        spots = self.field.covered_by.get(one, ())
        if more := [spot for spot in spots if self.field.covering[spot] <= self.gone | {one}]:
            return (_of_cover(self.field, Why.KEPT, more),)
        if last is not None and self.field.steps[one, self.place] >= self.field.steps[last, self.place]:
            return (Reason(Why.NO_SOONER, team=self.field.teams[last].id),)
        return (Reason(Why.SPARED),)

    def _not_free(self, one: int) -> tuple[Reason, ...]:
        if one in self.elsewhere:
            return (Reason(Why.SENT, text=self.elsewhere[one].name),)
        team = self.field.teams[one]
        if team.busy_with:
            return (Reason(Why.BUSY, text=team.busy_with),)
        if team.state != "ready":
            return (Reason(Why.RESTING if team.state == "resting" else Why.UNAVAILABLE),)
        return (Reason(Why.CUT_OFF),)


def _of_cover(field: Field, code: Why, spots: list[int]) -> Reason:
    places = sorted((field.cover[one] for one in spots), key=lambda one: (-one.people, one.id))
    names = "、".join(dict.fromkeys(one.name for one in places[:MOST_NAMES]))
    return Reason(code, number=len(places), people=sum(one.people for one in places), text=names)


def _asked(team: Team) -> Reason:
    minutes = -1 if team.seconds is None else max(1, round(team.seconds / 60))
    return Reason(Why.COULD_ASK, team=team.id, number=minutes, text=str(team.of))
