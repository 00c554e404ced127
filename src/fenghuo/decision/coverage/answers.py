"""The answer to a question of coverage. Ids are those of the question; nothing in it is ever infinite."""

from dataclasses import dataclass

from .asking import Demand, Measure, Site, Threshold
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class People:
    """`known`: the sum of the populations that are known; `unknown`: of so many places nobody knows it."""

    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Served:
    """The nearest site of a demand, and the next one. `cost` in seconds or metres, see `Coverage.measure`.

    `site` None: no site can be reached from there, or its position is unknown (`Demand.placed`).
    """

    demand: Demand
    site: Site | None
    cost: float | None
    next_site: Site | None
    next_cost: float | None


@dataclass(frozen=True, slots=True)
class AtSite:
    """`covers`: so many demands; `alone`: ids of those that lose all cover if this site falls out, and their people."""

    site: Site
    covers: int
    alone: tuple[str, ...]
    alone_people: People


@dataclass(frozen=True, slots=True)
class Within:
    """One threshold. Ids of demands in the order of the question; those without a position stand in none of them.

    `twice`: by two sites or more; `once`: demand → the only site; `share`: of the demands that have a position, 0 to 1;
    `people_share`: of the people that are known to live there, None when none are.
    """

    threshold: Threshold
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    twice: tuple[str, ...]
    once: dict[str, str]
    people: People
    people_uncovered: People
    people_twice: People
    share: float | None
    people_share: float | None
    sites: tuple[AtSite, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`served`: in the order of the question. `worst`: demands with a position, the worst served first: those that
    cannot be reached at all, then by cost. `measure`: of the costs. `people`: of all demands with a position.

    `reasons`: worst first. `estimate`: times are no times along roads.
    """

    measure: Measure
    within: tuple[Within, ...]
    served: tuple[Served, ...]
    worst: tuple[Served, ...]
    people: People
    unplaced: tuple[Demand, ...]
    unplaced_sites: tuple[Site, ...]
    estimate: bool
    reasons: tuple[Reason, ...]

    @property
    def unreachable(self) -> tuple[Served, ...]:
        """The beginning of `worst`."""
        return tuple(one for one in self.worst if one.site is None)
