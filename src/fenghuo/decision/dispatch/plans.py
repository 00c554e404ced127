"""A plan, what it is worth counted in whole numbers from the plan alone, and whose cover it takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from .field import Field
from .levels import Level, Worth

type Holds = frozenset[tuple[int, int, bool]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`sent`: (team, incident); `holds`: (team, slot, must). Numbers are places in the field."""

    sent: frozenset[tuple[int, int]]
    holds: Holds


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
    gone, covering = set(sent), field.covering
    spots = {spot for team in gone for spot in field.covered_by.get(team, ())}
    return sorted(spot for spot in spots if covering[spot] <= gone)
