"""One incident without a solver: for each capability the nearest are the best, and only equals have to be told apart.

Exact, because a team counts for every capability it has: who is best for one capability never stands in the way of
another. Where equals depend on each other in too many ways, or cover hangs on them, the program is asked (`climbing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, takewhile

from .field import Field
from .plans import Plan, lost_cover

MOST_SHARED = 10  # equals that could serve several capabilities: 2^10 choices among them


type Keys = Sequence[tuple[bool, int]]


@dataclass(slots=True, eq=False)
class Open:
    """Equals of which `wanted` more are to go."""

    wanted: int
    teams: set[int]


class One:
    def __init__(self, field: Field) -> None:
        self.field = field
        self.usable = len(field.incidents) == 1 and not (field.going >= 0).any()
        self.load = [team.called_today for team in field.teams]
        self.ranks: list[tuple[bool, int, int, int]] = []
        self.able: list[list[int]] = []
        if self.usable:
            unknown, tenths = field.unknown[:, 0].tolist(), field.tenths[:, 0].tolist()
            self.ranks = [(unknown[one], tenths[one], self.load[one], one) for one in range(len(field.teams))]
            self.tenths: Keys = [rank[:2] for rank in self.ranks]
            self.steps: Keys = list(zip(unknown, field.steps[:, 0].tolist(), strict=True))
            for column in field.can.T:
                self.able.append(sorted(column.nonzero()[0].tolist(), key=self.ranks.__getitem__))
        self.places = [frozenset(teams) for teams in self.able]
        self.firsts: dict[tuple[int, bool], tuple[list[int], set[int]]] = {}

    def plan(self, without: int = -1) -> Plan | None:
        """The best plan; None where this way of finding it does not do. `without`: a team that may not go."""
        if not self.usable:
            return None
        sent, open_ = self._certain(self.tenths, without)
        if open_ and not self._tell_apart(sent, open_):
            return None
        if self.field.cover and not self._loses_least(sent, without):
            return None
        most = self.field.incidents[0].most
        if most is not None and len(sent) > most:
            return None
        holds = []
        for place, (slot, teams) in enumerate(zip(self.field.slots, self.able, strict=True)):
            there = islice((one for one in teams if one in sent), slot.count)
            holds += [(one, place, number < slot.must) for number, one in enumerate(there)]
        return Plan(frozenset((one, 0) for one in sent), frozenset(holds))

    def _loses_least(self, sent: set[int], without: int) -> bool:
        """Whether no more cover is lost than by those who go in any case, as cover comes before seconds."""
        lost = lost_cover(self.field, sent)
        return not lost or lost == lost_cover(self.field, self._certain(self.steps, without)[0])

    def _certain(self, keys: Keys, without: int) -> tuple[set[int], list[Open]]:
        """Who goes in every best plan, and the equals of whom some go. `keys`: what teams are equal by."""
        sent, open_ = set[int](), list[Open]()
        for place, slot in enumerate(self.field.slots):
            before, equals = self._first(place, slot.count, keys, without)
            wanted = min(slot.count - len(before), len(equals))
            sent.update(before)
            if wanted:
                open_.append(Open(wanted, equals))
        changed = True
        while changed:
            changed, left = False, []
            for one in open_:
                wanted, rest = one.wanted - len(one.teams & sent), one.teams - sent
                if wanted >= len(rest) > 0:
                    sent |= rest
                    changed = True
                elif wanted > 0:
                    left.append(one)
            open_ = left
        return sent, [Open(one.wanted - len(one.teams & sent), one.teams - sent) for one in open_]

    def _first(self, place: int, count: int, keys: Keys, without: int) -> tuple[list[int], set[int]]:
        """Of those able to fill a slot who is before the last that it needs, and who is equal to that one."""
        known = (place, keys is self.steps)
        if without not in self.places[place]:
            if known not in self.firsts:
                self.firsts[known] = _split(self.able[place], count, keys)
            return self.firsts[known]
        return _split([one for one in self.able[place] if one != without], count, keys)

    def _tell_apart(self, sent: set[int], open_: list[Open]) -> bool:
        """Adds those of equals that were out least, are fewest, and come first by id. False: too many ways."""
        often = list(chain.from_iterable(one.teams for one in open_))
        shared = sorted({one for one in often if often.count(one) > 1}) if len(set(often)) < len(often) else []
        if len(shared) > MOST_SHARED:
            return False
        alone = [sorted((one.teams - set(shared)), key=lambda team: (self.load[team], team)) for one in open_]
        best: tuple[int, int, int] | None = None
        chosen = set[int]()
        for size in range(len(shared) + 1):
            for some in combinations(shared, size):
                taken = set(some)
                for one, rest in zip(open_, alone, strict=True):
                    wanted = one.wanted - len(one.teams & set(some))
                    if wanted > len(rest):
                        break
                    taken.update(rest[: max(0, wanted)])
                else:
                    worth = sum(self.load[one] for one in taken), len(taken), sum(taken)
                    if best is None or worth < best:
                        best, chosen = worth, taken
        sent |= chosen
        return best is not None


def _split(teams: list[int], count: int, keys: Keys) -> tuple[list[int], set[int]]:
    if not teams:
        return [], set()
    last = keys[teams[min(count, len(teams)) - 1]]
    before = [one for one in teams[:count] if keys[one] < last]
    return before, set(takewhile(lambda one: keys[one] == last, teams[len(before) :]))
