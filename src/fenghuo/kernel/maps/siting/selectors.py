"""Where the next ones should be, of what this actor may see: asked of the rooms, the roads and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from fenghuo.decision.siting import Demand, Proposal, Question, Site, Standing, propose
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require

from ..closures import NONE
from ..covering.kinds import Covering
from ..covering.places import Village, villages
from ..covering.times import times_between
from .asking import Asked

EFFORT = 4.0  # about so many seconds of reckoning; what is not proven by then is said to be unproven
HERE, NEW = "is:", "new:"  # before the ids of what exists, and of villages that may have one


@dataclass(frozen=True, slots=True)
class Found:
    """`villages`: those served, by code; `existing`: by id; `proposal`: None when no village has a position."""

    asked: Asked
    villages: Mapping[str, Village]
    existing: Mapping[str, Covering]
    proposal: Proposal | None

    def village_of(self, site: Site) -> Village | None:
        """Of a new one: the village where it would be."""
        return self.villages.get(site.id.removeprefix(NEW)) if site.id.startswith(NEW) else None

    def covering_of(self, site: Site) -> Covering | None:
        return self.existing.get(site.id.removeprefix(HERE)) if site.id.startswith(HERE) else None


def siting_of(actor: Actor, asked: Asked) -> Found:
    """A new one may be where a village is; roads are taken as open, for what is built stays. Raises: NotAllowed."""
    require(actor, "siting.read")
    require(actor, asked.cover.action)
    places = {one.code: one for one in villages(asked.town)}
    there = asked.cover.sites(actor, asked.choice) if asked.beside == "existing" else []
    existing = {one.id: one for one in there if one.latitude is not None and one.longitude is not None}
    placed = [one for one in places.values() if one.latitude is not None and one.longitude is not None]
    if not placed:
        return Found(asked, places, existing, None)
    homes = [(one.latitude or 0.0, one.longitude or 0.0) for one in placed]
    bases = [(one.latitude or 0.0, one.longitude or 0.0) for one in existing.values()]
    if asked.cover.comes:
        times = times_between([*bases, *homes], homes, asked.mode, NONE)
        seconds, estimate = times.seconds.T, times.estimate.T
    else:
        times = times_between(homes, [*bases, *homes], asked.mode, NONE)
        seconds, estimate = times.seconds, times.estimate
    matrix = np.full((len(places), seconds.shape[1]), inf)
    codes = {one.code for one in placed}
    matrix[[row for row, code in enumerate(places) if code in codes]] = seconds
    question = Question(
        demands=[Demand(one.code, one.name, one.people, one.code in codes) for one in places.values()],
        sites=[
            *(Site(HERE + one.id, one.name, standing=Standing.EXISTING) for one in existing.values()),
            *(Site(NEW + one.code, one.name) for one in placed),
        ],
        seconds=matrix,
        aim=asked.aim,
        new=asked.new,
        within_minutes=asked.minutes,
        estimate=bool(estimate.any()),
        effort=EFFORT,
    )
    return Found(asked, places, existing, propose(question))
