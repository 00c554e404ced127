"""Plans of whole numbers turned into what a proposal says: people, seconds, who goes where."""

import numpy as np

from .aims import Plan
from .answers import Part, Village, Worth
from .asking import Aim
from .field import TENTHS, Field
from .pairs import Flags, Numbers


def flows_of(field: Field, open_: Flags, served: Numbers | None) -> Numbers:
    """(demands, sites) people; without capacities everybody to the nearest open site, of equals the lower id."""
    if served is not None:
        return served
    flows = np.zeros(field.tenths.shape)
    if not open_.any():
        return flows
    ways = np.where(open_, field.tenths, np.inf)
    nearest = ways.argmin(axis=1)
    rows = np.flatnonzero(field.counts & np.isfinite(ways.min(axis=1)))
    flows[rows, nearest[rows]] = field.people[rows]
    return flows


def time_of(field: Field, flows: Numbers) -> float:
    """People × tenths of a second of all who are served."""
    return float(np.multiply(flows, field.tenths, where=flows > 0, out=np.zeros_like(flows)).sum())


def worth_of(field: Field, plan: Plan) -> Worth:
    flows = flows_of(field, plan.open, plan.served)
    there = flows > 0
    people = float(flows.sum())
    time = time_of(field, flows)
    placed = np.array([one.placed for one in field.demands])
    aim = field.asked.aim
    unit = 1.0 if aim is Aim.COVER else TENTHS
    never = float(field.people[~field.counts & placed].sum())  # whom no site can reach, whatever opens
    return Worth(
        aim=aim,
        left_out=int(plan.left_out + never),
        left_out_bound=int(plan.left_out_bound + never),
        value=plan.value / unit,
        bound=plan.bound / unit,
        proven=plan.proven,
        mean_s=time / people / TENTHS if people else None,
        longest_s=float(np.max(field.tenths, initial=0.0, where=there)) / TENTHS if people else None,
        people=int(field.people[placed].sum()),
    )


def villages_of(field: Field, before: Numbers, after: Numbers) -> tuple[Village, ...]:
    """In the order of the question; those without a position are not among them. `before`, `after`: flows."""
    then, now = _parts(field, after), _parts(field, before)
    found = {
        demand.id: Village(demand, people, tuple(now[row]), tuple(then[row]))
        for row, (demand, people) in enumerate(zip(field.demands, field.people.astype(int).tolist(), strict=True))
        if demand.placed
    }
    return tuple(found[one.id] for one in field.asked.demands if one.id in found)


def _parts(field: Field, flows: Numbers) -> list[list[Part]]:
    """For each demand, the most people first."""
    parts: list[list[Part]] = [[] for _demand in field.demands]
    rows, columns = np.nonzero(flows)
    people, seconds = flows[rows, columns].astype(int).tolist(), (field.tenths[rows, columns] / TENTHS).tolist()
    for row, column, number, took in zip(rows.tolist(), columns.tolist(), people, seconds, strict=True):
        parts[row].append(Part(field.sites[column], number, took))
    for theirs in parts:
        if len(theirs) > 1:
            theirs.sort(key=lambda one: (-one.people, one.seconds, one.site.id))
    return parts
