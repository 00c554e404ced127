"""Who is within reach of what this actor may see: asked of the rooms, the roads and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from fenghuo.decision.coverage import Coverage, Demand, Measure, Site, Within, cover
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require

from ..closures import NONE, closures_now
from ..routing import Position
from .asking import Asked
from .kinds import Covering
from .places import Village, villages
from .times import Numbers, metres_apart, times_between


@dataclass(frozen=True, slots=True)
class Found:
    """`coverage`: None when there is nothing to cover, or nothing that covers.

    `estimated`: pairs of (code, site id) whose time was reckoned along a straight line.
    """

    asked: Asked
    villages: dict[str, Village]
    sites: dict[str, Covering]
    coverage: Coverage | None
    estimated: frozenset[tuple[str, str]]

    @property
    def within(self) -> Within | None:
        """The threshold that is looked at."""
        if self.coverage is None:
            return None
        return next(one for one in self.coverage.within if one.threshold.most == self.asked.most)


def coverage_of(actor: Actor, asked: Asked) -> Found:
    """Raises: NotAllowed."""
    require(actor, "coverage.read")
    require(actor, asked.cover.action)
    places = {one.code: one for one in villages(asked.town)}
    sites = {one.id: one for one in asked.cover.sites(actor, asked.choice) if asked.who == "all" or one.ready}
    if not places or not sites:
        return Found(asked, places, sites, None, frozenset())
    matrix, estimate = _matrix(asked, list(places.values()), list(sites.values()))
    minutes = asked.measure is Measure.MINUTES
    found = cover(
        [Demand(one.code, one.name, one.people, _at(one) is not None) for one in places.values()],
        [Site(one.id, one.name, _at(one) is not None) for one in sites.values()],
        asked.thresholds,
        seconds=matrix if minutes else None,
        metres=None if minutes else matrix,
        estimate=bool(estimate[np.arange(len(places)), matrix.argmin(axis=1)].any()),  # of what is shown as nearest
    )
    codes, ids = list(places), list(sites)
    pairs = frozenset((codes[row], ids[column]) for row, column in np.argwhere(estimate).tolist())
    return Found(asked, places, sites, found, pairs)


def _at(one: Village | Covering) -> Position | None:
    return (one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else None


def _matrix(asked: Asked, places: Sequence[Village], sites: Sequence[Covering]) -> tuple[Numbers, np.ndarray]:
    """(villages, sites) in seconds or metres, and which are estimates; of what has no position nothing is asked."""
    rows = {row: at for row, one in enumerate(places) if (at := _at(one)) is not None}
    columns = {column: at for column, one in enumerate(sites) if (at := _at(one)) is not None}
    matrix, estimate = np.full((len(places), len(sites)), inf), np.zeros((len(places), len(sites)), bool)
    cells = np.ix_(list(rows), list(columns))
    if asked.measure is Measure.METRES:
        matrix[cells] = metres_apart(list(rows.values()), list(columns.values()))
        return matrix, estimate
    closures = closures_now(asked.mode) if asked.roads == "now" else NONE
    if asked.cover.comes:
        times = times_between(list(columns.values()), list(rows.values()), asked.mode, closures)
        matrix[cells], estimate[cells] = times.seconds.T, times.estimate.T
    else:
        times = times_between(list(rows.values()), list(columns.values()), asked.mode, closures)
        matrix[cells], estimate[cells] = times.seconds, times.estimate
    return matrix, estimate
