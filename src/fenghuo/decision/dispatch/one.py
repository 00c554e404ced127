"""One incident without a solver: for each capability the nearest are the best, and only equals have to be told apart.

Exact, because a team counts for every capability it has: who is best for one capability never stands in the way of
another. Where equals depend on each other in too many ways, or cover hangs on them, the program is asked (`climbing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from .costs import Plan, lost_cover
from .field import Field

MOST_SHARED = 10  # equals that could serve several capabilities: 2^10 choices among them


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
            self.tenths = [rank[:2] for rank in self.ranks]
            self.steps = list(zip(unknown, field.steps[:, 0].tolist(), strict=True))
            for column in field.can.T:
                self.able.append(sorted(column.nonzero()[0].tolist(), key=self.ranks.__getitem__))

    def plan(self, without: int = -1) -> Plan | None:
        """The best plan; None where this way of finding it does not do. `without`: a team that may not go."""
        if not self.usable:
            return None
        able = [[one for one in teams if one != without] for teams in self.able]
        sent, open_ = self._certain(able, self.tenths)
        if open_ and not self._tell_apart(sent, open_):
            return None
        if self.field.cover and not self._loses_least(sent, able):
            return None
        most = self.field.incidents[0].most
        if most is not None and len(sent) > most:
            return None
        holds = []
        for place, (slot, teams) in enumerate(zip(self.field.slots, able, strict=True)):
            there = [one for one in teams if one in sent][: slot.count]
            holds += [(one, place, number < slot.must) for number, one in enumerate(there)]
        return Plan(frozenset((one, 0) for one in sent), frozenset(holds))

    def _loses_least(self, sent: set[int], able: list[list[int]]) -> bool:
        """Whether no more cover is lost than by those who go in any case, as cover comes before seconds."""
        lost = lost_cover(self.field, sent)
        return not lost or lost == lost_cover(self.field, self._certain(able, self.steps)[0])

    def _certain(self, able: list[list[int]], keys: Sequence[tuple[int, int]]) -> tuple[set[int], list[Open]]:
        """Who goes in every best plan, and the equals of whom some go. `keys`: what teams are equal by."""
        sent, open_ = set[int](), list[Open]()
        for slot, teams in zip(self.field.slots, able, strict=True):
            count = min(slot.count, len(teams))
            if not count:
                continue
            last = keys[teams[count - 1]]
            before = [one for one in teams[:count] if keys[one] < last]
            sent.update(before)
            equals = {one for one in teams[len(before) :] if keys[one] == last}
            open_.append(Open(count - len(before), equals))
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
