"""If not this team, who then, and what it costs: for each choice the best plan without it; the cheapest is the
runner-up, the best plan in which not all go where they are proposed to go."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .answers import Sent, Without
from .field import Field
from .levels import MEANT, Worth, key, worse_from
from .one import One
from .plans import Plan, worth_of


def alternatives(field: Field, plan: Plan, worth: Worth) -> tuple[Without, ...]:
    """By incident and team."""
    one = One(field)
    found = []
    for team, place in sorted(plan.sent, key=lambda pair: (pair[1], pair[0])):
        other = one.plan(without=team)
        if other is None:
            from .climbing import climb  # brings the solver

            other = climb(without(field, team, place), field.asked.effort).plan
        found.append(_compared(field, plan, worth, other, (team, place)))
    return tuple(found)


def cheapest(others: Sequence[Without]) -> Without | None:
    return min(others, key=lambda one: key(one.worth), default=None)


def without(field: Field, team: int, place: int) -> Field:
    """The same field, where this team may not go to this incident."""
    reach = field.reach.copy()
    reach[team, place] = False
    return replace(field, reach=reach)


def _compared(field: Field, plan: Plan, worth: Worth, other: Plan, gone: tuple[int, int]) -> Without:
    value = worth_of(field, other)
    level = worse_from(value, worth)
    meant = level if level in MEANT else None
    now = dict(plan.sent)
    instead = sorted((team, at) for team, at in other.sent if now.get(team) != at)
    home = sorted(set(now) - {team for team, _at in other.sent} - {gone[0]})
    return Without(
        field.teams[gone[0]],
        field.incidents[gone[1]],
        tuple(Sent(field.teams[team], field.incidents[at]) for team, at in instead),
        tuple(field.teams[team] for team in home),
        meant,
        value[meant] - worth[meant] if meant else 0,
        _later(field, gone, [pair for pair in instead if pair[1] == gone[1]]),
        len(plan.holds) - len(other.holds),
        value,
    )


def _later(field: Field, gone: tuple[int, int], instead: Iterable[tuple[int, int]]) -> float | None:
    """Seconds by which the last that comes instead is later."""
    times = [float(field.seconds[pair]) for pair in instead]
    if not times or field.unknown[gone] or any(field.unknown[pair] for pair in instead):
        return None
    return max(times) - float(field.seconds[gone])
