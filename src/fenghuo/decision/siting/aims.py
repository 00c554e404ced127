"""What each aim asks of an engine, and in which order: first nobody left out who need not be, then the aim itself."""

from dataclasses import dataclass, replace

import numpy as np

from .asking import Aim
from .choosing import Engine, Found, Table, Terms
from .field import Field
from .pairs import Flags, Numbers

GROWTH, MOST_TRIES = 16.0, 6


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """`left_out`: people who reach no open site or find no room (cover: in time), at least `left_out_bound`.

    `value`: median people × tenths of a second of those served; centre the longest of them in tenths; cover the people
    within. `bound`: with no more people left out, no choice has a better value. `possible`: the needs can be met.
    """

    open: Flags
    left_out: float
    left_out_bound: float
    value: float
    bound: float
    served: Numbers | None = None
    possible: bool = True

    @property
    def proven(self) -> bool:
        return self.possible and self.left_out == self.left_out_bound and self.value == self.bound


def best(field: Field, engine: Engine, terms: Terms, hint: Flags | None = None) -> Plan:
    """The best choice for the question's aim under these terms."""
    if field.asked.aim is Aim.COVER:
        return _cover(field, engine, terms, hint)
    if field.asked.aim is Aim.CENTRE:
        return _centre(field, engine, terms, hint)
    return _median(field, engine, terms, hint)


def reach_table(field: Field, most: float = np.inf) -> Table:
    """People who are not served within `most` tenths."""
    near = (field.tenths <= most) & np.isfinite(field.tenths)
    return Table(f"within {most}", np.where(near, 0.0, np.inf), field.counted)


def time_table(field: Field, penalty: float) -> Table:
    """People × tenths; who is left out counts `penalty` tenths."""
    people = field.counted
    finite = np.isfinite(field.tenths)
    costs = np.multiply(people[:, None], field.tenths, where=finite, out=np.full_like(field.tenths, np.inf))
    return Table(f"time {penalty}", costs, people * penalty)


def _cover(field: Field, engine: Engine, terms: Terms, hint: Flags | None) -> Plan:
    table = reach_table(field, field.within)
    found = engine.least(table, terms, below=np.inf, hint=hint)
    total = float(table.penalty.sum())
    possible = bool(np.isfinite(found.value))
    return Plan(found.open, found.value, found.bound, total - found.value, total - found.bound, found.served, possible)


def _median(field: Field, engine: Engine, terms: Terms, hint: Flags | None) -> Plan:
    """With a penalty for each who is left out; the penalty grows until no more are left out than need be.

    Whatever the penalty, its bound less the penalty of those who must be left out bounds the time of the others.
    """
    penalty, least_out, plan = 2 * field.longest, None, None
    for _try in range(MOST_TRIES):
        table = time_table(field, penalty)
        found = engine.least(table, terms, below=np.inf, hint=hint)
        if not np.isfinite(found.value):
            return Plan(found.open, np.inf, found.bound, np.inf, found.bound, None, possible=False)
        out = left_out(field, found)
        if least_out is None and out:
            least_out = engine.least(reach_table(field), terms, below=np.inf, hint=found.open)
        must = least_out.bound if least_out else 0.0
        time = found.value - penalty * out
        plan = Plan(found.open, out, must, time, min(time, found.bound - penalty * out), found.served)
        if out <= (least_out.value if least_out else 0.0):
            return plan
        penalty *= GROWTH
        if penalty * float(field.people.sum()) > 2**52:
            break
    assert plan is not None
    return plan


def _centre(field: Field, engine: Engine, terms: Terms, hint: Flags | None) -> Plan:
    """Halves the times that occur: is there a choice that leaves out no more within so long?"""
    reach = engine.least(reach_table(field), terms, below=np.inf, hint=hint)
    if not np.isfinite(reach.value):
        return Plan(reach.open, np.inf, reach.bound, np.inf, reach.bound, None, possible=False)
    theirs = field.tenths[field.counts]
    times = np.unique(np.append(theirs[np.isfinite(theirs)], 0.0))  # 0 when nobody can be served at all
    tries = replace(terms, effort=terms.effort / 8)
    found, low = reach, 0  # times[low:] are not yet excluded
    high = int(np.searchsorted(times, longest(field, reach)))
    proven_low = 0
    while low < high:
        middle = (low + high) // 2
        table = reach_table(field, float(times[middle]))
        tried = engine.least(table, tries, below=reach.value + 1, hint=found.open)
        if tried.value <= reach.value:
            found = tried
            high = min(middle, int(np.searchsorted(times, longest(field, tried))))
            continue
        if tried.bound > reach.value:
            proven_low = middle + 1
        low = middle + 1
    value = float(times[high])
    return Plan(found.open, reach.value, reach.bound, value, float(times[min(proven_low, high)]), found.served)


def left_out(field: Field, found: Found) -> float:
    people = field.counted
    if found.served is not None:
        return float((people - found.served.sum(axis=1))[field.counts].sum())
    return float(people[~np.isfinite(field.tenths[:, found.open]).any(axis=1)].sum())


def longest(field: Field, found: Found) -> float:
    """Of those served, in tenths; 0 when nobody is."""
    if found.served is not None:
        return float(np.max(field.tenths, initial=0.0, where=found.served > 0))
    nearest = field.tenths[:, found.open].min(axis=1, initial=np.inf)[field.counts]
    return float(np.max(nearest, initial=0.0, where=np.isfinite(nearest)))
