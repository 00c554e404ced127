"""What should be known of a coverage, worst first: codes with values, put into words by `words.said`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .asking import Threshold

if TYPE_CHECKING:
    from .answers import Coverage, People, Within

MOST_NAMES, MOST_SITES = 3, 3


class Why(StrEnum):
    """Each with a sentence in `words`."""

    CUT_OFF = "cut_off"
    """No site can be reached from there (`number`, `people`, `names`)."""
    NOT_WITHIN = "not_within"
    """Not reached within the threshold (`number`, `people`, `names` the worst served)."""
    ONE_ONLY = "one_only"
    """If `site` falls out, so many lose all cover within the threshold (`number`, `people`, `names`)."""
    UNPLACED = "unplaced"
    """Demands whose position is unknown: left out of the reckoning (`number`, `names`)."""
    UNPLACED_SITES = "unplaced_sites"
    """Sites whose position is unknown: left out (`number`, `names`)."""
    PEOPLE_UNKNOWN = "people_unknown"
    """Of so many demands nobody knows how many people live there: no sum has them in it (`number`)."""
    WITHIN = "within"
    """Reached within the threshold (`number` of `of`, `people`)."""
    TWICE = "twice"
    """By two sites or more (`number` of `of`, `people`)."""
    ESTIMATE = "estimate"
    """Times are estimates, not times along roads."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Those that a code does not use are empty. `unknown`: of so many of them the population is not known."""

    code: Why
    threshold: Threshold | None = None
    number: int = 0
    of: int = 0
    people: int | None = None
    unknown: int = 0
    site: str = ""
    names: tuple[str, ...] = ()


def reasons_of(found: Coverage) -> tuple[Reason, ...]:
    """What nobody reaches, what hangs on one site, what is not known, then what is well.

    What hangs on one site is said of the last threshold: who is nobody else's there is nobody else's nearer by.
    """
    widest, names = found.within[-1], {one.demand.id: one.demand.name for one in found.served}
    reasons = []
    cut = found.unreachable
    if cut:
        known = sum(one.demand.people or 0 for one in cut)
        unknown = sum(one.demand.people is None for one in cut)
        said = tuple(one.demand.name for one in cut[:MOST_NAMES])
        reasons.append(Reason(Why.CUT_OFF, number=len(cut), people=known, unknown=unknown, names=said))
    for within in reversed(found.within):
        if len(within.uncovered) > len(cut):  # else it was said already
            missing = set(within.uncovered)
            worst = [one.demand.name for one in found.worst if one.demand.id in missing and one.site is not None]
            reasons.append(_counted(Why.NOT_WITHIN, within, len(missing), within.people_uncovered, worst[:MOST_NAMES]))
    hanging = [one for one in widest.sites if one.alone]
    for at in sorted(hanging, key=lambda one: (-len(one.alone), -one.alone_people.known, one.site.id))[:MOST_SITES]:
        said = tuple(names[one] for one in at.alone[:MOST_NAMES])
        reasons.append(_counted(Why.ONE_ONLY, widest, len(at.alone), at.alone_people, said, at.site.name))
    reasons += _not_known(found)
    for within in found.within:
        reasons.append(_counted(Why.WITHIN, within, len(within.covered), within.people))
        reasons.append(_counted(Why.TWICE, within, len(within.twice), within.people_twice))
    return (*reasons, *([Reason(Why.ESTIMATE)] if found.estimate else []))


def _counted(
    code: Why, within: Within, number: int, people: People, names: tuple[str, ...] | list[str] = (), site: str = ""
) -> Reason:
    of = len(within.covered) + len(within.uncovered)
    return Reason(code, within.threshold, number, of, people.known, people.unknown, site, tuple(names))


def _not_known(found: Coverage) -> list[Reason]:
    reasons = []
    for code, unplaced in (
        (Why.UNPLACED, [one.name for one in found.unplaced]),
        (Why.UNPLACED_SITES, [one.name for one in found.unplaced_sites]),
    ):
        if unplaced:
            reasons.append(Reason(code, number=len(unplaced), names=tuple(unplaced[:MOST_NAMES])))
    if found.people.unknown:
        reasons.append(Reason(Why.PEOPLE_UNKNOWN, number=found.people.unknown))
    return reasons
