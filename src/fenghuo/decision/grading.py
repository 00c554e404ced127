"""Which level an incident has, from its figures and the threshold rows of its kind. A proposal: a person confirms it.

Level = the highest of all rows whose condition holds (domain-rules 1.4). What is unknown is never taken for 0:
a row that needs more than is known does not hold, and the proposal says what it does not know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenghuo.standards.kinds import KINDS
from fenghuo.standards.thresholds import Comparison, Threshold

LOWEST = 4
# People in these may die of it: what the level would be if they did is said beside the proposal.
AT_RISK = ("missing", "trapped")

type Figures = Mapping[str, Decimal | int | float]


@dataclass(frozen=True, slots=True)
class Step:
    """What would change the level: `more` of `measure` makes it `level` by the row `row`."""

    measure: str
    more: Decimal
    level: int
    row: Threshold


@dataclass(frozen=True, slots=True)
class Grade:
    """A proposed level (1 highest to 4), or None when no row holds.

    `row` is the rule that fired, `value` the sum it looked at; `next_steps` the nearest change of each measure;
    `unknown` the measures of rows of higher levels that nobody has told; `if_lost` the level if all missing and
    trapped were dead, when that is higher; `certainty` that of the rule for this kind.
    """

    level: int | None
    row: Threshold | None
    certainty: str
    value: Decimal | None
    next_steps: tuple[Step, ...]
    unknown: tuple[str, ...]
    if_lost: int | None
    near_miss: bool


def grade(kind: str, figures: Figures, rows: Iterable[Threshold], day: date) -> Grade:
    """The proposal for an incident of `kind` on `day`. `rows`: those of the kind, see thresholds_for."""
    known = {name: Decimal(str(value)) for name, value in figures.items() if value is not None}
    rows = [row for row in rows if row.in_force(day)]
    level, fired = _highest(rows, known, kind)
    above = [row for row in rows if row.level < (level or LOWEST + 1)]
    return Grade(
        level=level,
        row=fired,
        certainty=fired.kinds[kind] if fired else "",
        value=_value(fired.condition[0], known) if fired else None,
        next_steps=_next_steps(above, known),
        unknown=_unknown(above, known),
        if_lost=_if_lost(rows, known, kind, level),
        near_miss=KINDS[kind].category == "accident" and _near_miss(known),
    )


def _highest(rows: list[Threshold], known: Mapping[str, Decimal], kind: str) -> tuple[int | None, Threshold | None]:
    """The level, and of its rows the one of the surest source."""
    holding = [row for row in rows if all(_holds(one, known) for one in row.condition)]
    if not holding:
        return None, None
    level = min(row.level for row in holding)
    fired = min((row for row in holding if row.level == level), key=lambda row: "VCK?".index(row.kinds[kind]))
    return level, fired


def _holds(comparison: Comparison, known: Mapping[str, Decimal]) -> bool:
    value = _value(comparison, known)
    return value is not None and comparison.holds(value)


def _value(comparison: Comparison, known: Mapping[str, Decimal]) -> Decimal | None:
    """The sum of what is known; None when nothing is.

    Where it must stay under a bound, injured people whose state nobody told count as seriously injured.
    """
    values = [known[name] for name in comparison.names if name in known]
    if "seriously_injured" in comparison.names and "injured" in known and not comparison.rises:
        values.append(known["injured"])
    return sum(values, Decimal(0)) if values else None


def _next_steps(above: list[Threshold], known: Mapping[str, Decimal]) -> tuple[Step, ...]:
    """For each measure the smallest increase that reaches a higher level, the nearest first."""
    nearest: dict[str, Step] = {}
    for row in above:
        lacking = [one for one in row.condition if not _holds(one, known)]
        if len(lacking) != 1 or not lacking[0].rises:
            continue
        (one,) = lacking
        value = sum((known[name] for name in one.names if name in known), Decimal(0))
        more = one.bound - value + (1 if one.sign == ">" else 0)
        step = Step(one.names[0], more, row.level, row)
        if more > 0 and (one.names[0] not in nearest or more < nearest[one.names[0]].more):
            nearest[one.names[0]] = step
    return tuple(sorted(nearest.values(), key=lambda step: step.more))


def _unknown(above: list[Threshold], known: Mapping[str, Decimal]) -> tuple[str, ...]:
    names = [name for row in above for one in row.condition if one.rises for name in one.names]
    return tuple(name for name in dict.fromkeys(names) if name not in known)


def _if_lost(rows: list[Threshold], known: Mapping[str, Decimal], kind: str, level: int | None) -> int | None:
    at_risk = sum((known[name] for name in AT_RISK if name in known), Decimal(0))
    if not at_risk:
        return None
    worst = {**known, "dead": known.get("dead", Decimal(0)) + at_risk, "missing": Decimal(0)}
    lost, _row = _highest(rows, worst, kind)
    return lost if lost is not None and lost < (level or LOWEST + 1) else None


def _near_miss(known: Mapping[str, Decimal]) -> bool:
    """较大涉险事故 (SAR21 art. 26): reported like 较大 even when nobody is hurt."""
    none = Decimal(0)
    return (
        known.get("trapped", none) + known.get("missing", none) >= 3
        or known.get("in_danger", none) >= 10
        or known.get("moved", none) >= 500
    )
