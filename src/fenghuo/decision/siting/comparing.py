"""The best with one, two … new ones, and the best without each of those chosen."""

import numpy as np

from .aims import Plan, best
from .answers import Step, Without, Worth
from .asking import Aim, Site
from .choosing import Engine, Terms
from .field import Field
from .pairs import Flags
from .valuing import worth_of

MOST_STEPS, MOST_WITHOUT = 24, 24


def curve(field: Field, engine: Engine, plan: Plan, today: Worth, effort: float) -> tuple[Step, ...]:
    """From as few as are wanted up to the number of the question; the last is the proposal itself."""
    last = field.most_new
    first = max(1, int(field.wanted.sum()), sum(one.least for one in field.asked.kinds))
    numbers = range(first, last)
    if len(numbers) >= MOST_STEPS:
        numbers = sorted({int(one) for one in np.linspace(first, last - 1, MOST_STEPS - 1)})  # type: ignore[assignment]
    plans: list[tuple[int, Plan]] = []
    each = effort / max(1, len(numbers))
    hint: Flags | None = field.existing.copy()
    for number in numbers:
        step = best(field, engine, Terms(number, effort=each), hint)
        if step.possible:
            plans.append((number, step))
            hint = step.open
    if last >= first:
        plans.append((last, plan))
    steps, before = [], today
    for number, step in plans:
        worth = worth_of(field, step)
        gain, share = _better(before, worth)
        sites = new_of(field, step.open)
        steps.append(Step(number, sites, worth, gain, share, before.left_out - worth.left_out))
        before = worth
    return tuple(steps)


def without_each(field: Field, engine: Engine, plan: Plan, effort: float) -> tuple[Without, ...]:
    """The dearest loss first. Those that are wanted are not asked about: the question decided them."""
    worth, found = worth_of(field, plan), []
    columns = np.flatnonzero(plan.open & field.candidate & ~field.wanted)[:MOST_WITHOUT]
    for column in columns.tolist():
        hint = plan.open.copy()
        hint[column] = False
        terms = Terms(field.most_new, frozenset([column]), effort / len(columns))
        found.append(_without(field, column, plan, worth, best(field, engine, terms, hint)))
    return tuple(sorted(found, key=lambda one: (one.worth is not None, -one.more_left_out, -one.loss, one.site.id)))


def new_of(field: Field, open_: Flags) -> tuple[Site, ...]:
    return tuple(field.sites[column] for column in np.flatnonzero(open_ & field.candidate).tolist())


def _without(field: Field, column: int, plan: Plan, worth: Worth, other: Plan) -> Without:
    site = field.sites[column]
    if not other.possible:
        return Without(site, (), None, 0.0, 0.0, 0)
    then = worth_of(field, other)
    loss, share = _better(then, worth)
    if worth.aim is not Aim.COVER and share:
        share = loss / worth.value if worth.value else 0.0  # of what is proposed, not of what would be instead
    return Without(site, new_of(field, other.open & ~plan.open), then, loss, share, then.left_out - worth.left_out)


def _better(one: Worth, than: Worth) -> tuple[float, float]:
    """What the second is better than the first, and as a share of the first (cover: of all people)."""
    if one.aim is Aim.COVER:
        return than.value - one.value, (than.value - one.value) / one.people if one.people else 0.0
    if one.left_out != than.left_out:
        return one.value - than.value, 0.0  # other people are in it: no share can be told
    return one.value - than.value, (one.value - than.value) / one.value if one.value else 0.0
