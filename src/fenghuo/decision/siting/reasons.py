"""What should be known of a proposal, worst first: codes with values, put into words by `words.said`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .asking import Aim, Question, Standing

if TYPE_CHECKING:
    from .answers import Proposal, Village, Worth

MOST_NAMES, MOST_SITES = 3, 12


class Why(StrEnum):
    """Each with a sentence in `words`."""

    CONTRADICTORY = "contradictory"
    """The needs cannot all be met: nothing is proposed (`aim`)."""
    NO_CANDIDATES = "no_candidates"
    """No site may be new: all are closed or exist already."""
    UNREACHABLE = "unreachable"
    """No site of the question reaches them, whatever opens (`number`, `people`, `names`)."""
    NO_ROOM = "no_room"
    """So many people find no room (`people`, `number` of places, `names`)."""
    UNSERVED = "unserved"
    """Some site could serve them, and none that is open does (`number`, `people`, `names`)."""
    NOT_WITHIN = "not_within"
    """Not reached within the minutes (`number`, `people`, `names`, `minutes`)."""
    GAP = "gap"
    """Not proven: something better by at most `share` may exist."""
    GAP_LEFT_OUT = "gap_left_out"
    """Not proven: perhaps fewer could be left out, `people` at the fewest."""
    FEWER_DO = "fewer_do"
    """More than `number` new ones bring nothing (`of` were allowed)."""
    OUTCOME = "outcome"
    """What the whole choice brings (`aim`, `before`, `after`: minutes, or people for cover; `of`, `minutes`)."""
    SITE = "site"
    """A chosen site and whom it serves (`site`, `number`, `people`, `names`)."""
    WANTED = "wanted"
    """Chosen because the question wants it (`site`)."""
    WITHOUT = "without"
    """Without `site` the best is worse by `share`, with `names` instead; `people` more left out."""
    IRREPLACEABLE = "irreplaceable"
    """Without `site` the needs cannot be met."""
    LAST_STEP = "last_step"
    """What the last of `number` brings (`share`, `people` fewer left out)."""
    SPENT = "spent"
    """`number` of the budget `of`."""
    PEOPLE_UNKNOWN = "people_unknown"
    """Of so many nobody knows the people (`number`); each counted as `people`."""
    UNPLACED = "unplaced"
    """Position unknown: not reckoned (`number`, `names`)."""
    ESTIMATE = "estimate"
    """Times are estimates, not times along roads."""
    PROVEN = "proven"
    """No choice is better."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Those that a code does not use are empty. `before`, `after`: None where nobody is served. `sure` False: `share`
    compares with something unproven, it is the most that can be."""

    code: Why
    aim: Aim | None = None
    number: int = 0
    of: int = 0
    people: int = 0
    site: str = ""
    names: tuple[str, ...] = ()
    share: float = 0.0
    before: float | None = None
    after: float | None = None
    minutes: float | None = None
    sure: bool = True


def reasons_of(found: Proposal, asked: Question, assumed: int) -> tuple[Reason, ...]:
    """What cannot be, whom it leaves out, how sure it is, what it brings, each site, and what is not known."""
    reasons = []
    if not found.possible:
        reasons.append(Reason(Why.CONTRADICTORY))
    if not any(one.standing is Standing.CANDIDATE for one in asked.sites):
        reasons.append(Reason(Why.NO_CANDIDATES))
    reasons += _left_out(found, asked)
    if found.possible:
        reasons += [*_doubt(found), *_outcome(found, asked), *_sites(found), *_steps(found)]
    if asked.budget is not None and found.possible:
        reasons.append(Reason(Why.SPENT, number=found.spent, of=asked.budget))
    unknown = sum(one.people is None and one.placed for one in asked.demands)
    if unknown:
        reasons.append(Reason(Why.PEOPLE_UNKNOWN, number=unknown, people=assumed))
    if found.unplaced:
        names = tuple(one.name for one in found.unplaced[:MOST_NAMES])
        reasons.append(Reason(Why.UNPLACED, number=len(found.unplaced), names=names))
    if found.estimate:
        reasons.append(Reason(Why.ESTIMATE))
    return (*reasons, *([Reason(Why.PROVEN)] if found.worth.proven and found.possible else []))


def _left_out(found: Proposal, asked: Question) -> list[Reason]:
    reasons = []
    if found.unreachable:
        reasons.append(_counted(Why.UNREACHABLE, found.unreachable))
    if not found.unserved:
        return reasons
    full = [one for one in found.unserved if 0 < sum(part.people for part in one.after) < one.people]
    capacities = any(one.capacity is not None and one.standing is not Standing.CLOSED for one in asked.sites)
    if found.aim is Aim.COVER:
        late = found.worth.left_out - sum(one.people for one in found.unreachable)
        names, minutes = _names(found.unserved), asked.within_minutes
        reasons.append(Reason(Why.NOT_WITHIN, number=len(found.unserved), people=late, names=names, minutes=minutes))
    elif full or capacities:
        missing = sum(one.people - sum(part.people for part in one.after) for one in found.unserved)
        reasons.append(Reason(Why.NO_ROOM, number=len(found.unserved), people=missing, names=_names(found.unserved)))
    else:
        reasons.append(_counted(Why.UNSERVED, found.unserved))
    return reasons


def _doubt(found: Proposal) -> list[Reason]:
    worth = found.worth
    if worth.proven:
        return []
    if worth.left_out_bound < worth.left_out and found.aim is not Aim.COVER:
        return [Reason(Why.GAP_LEFT_OUT, people=worth.left_out_bound)]
    return [Reason(Why.GAP, share=worth.gap)]


def _outcome(found: Proposal, asked: Question) -> list[Reason]:
    reasons = []
    number = len(found.chosen)
    allowed = asked.new
    if allowed is not None and number < allowed and asked.budget is None and not asked.kinds:
        reasons.append(Reason(Why.FEWER_DO, number=number, of=allowed))
    before, after = (_figure(one) for one in (found.today, found.worth))
    whole = found.worth.people
    return [
        *reasons,
        Reason(Why.OUTCOME, found.aim, before=before, after=after, of=whole, minutes=asked.within_minutes),
    ]


def _figure(worth: Worth) -> float | None:
    """Minutes, or people for cover."""
    if worth.aim is Aim.COVER:
        return worth.value
    seconds = worth.mean_s if worth.aim is Aim.MEDIAN else worth.longest_s
    return None if seconds is None else seconds / 60


def _sites(found: Proposal) -> list[Reason]:
    reasons = []
    lost = {one.site.id: one for one in found.without}
    served: dict[str, list[Village]] = {site.id: [] for site in found.chosen[:MOST_SITES]}
    for village in found.villages:
        for part in village.after:
            if part.site.id in served:
                served[part.site.id].append(village)
    for site in found.chosen[:MOST_SITES]:
        theirs = served[site.id]
        people = sum(part.people for one in theirs for part in one.after if part.site.id == site.id)
        ranked = sorted(theirs, key=lambda one: (-one.people, one.demand.id))
        reasons.append(Reason(Why.SITE, number=len(theirs), people=people, site=site.name, names=_names(ranked)))
        if site.wanted:
            reasons.append(Reason(Why.WANTED, site=site.name))
        if site.id in lost:
            one = lost[site.id]
            names = tuple(other.name for other in one.instead[:MOST_NAMES])
            code = Why.WITHOUT if one.worth else Why.IRREPLACEABLE
            reasons.append(
                Reason(
                    code,
                    found.aim,
                    site=site.name,
                    names=names,
                    share=one.share,
                    people=one.more_left_out,
                    sure=one.worth is None or one.worth.proven,
                )
            )
    return reasons


def _steps(found: Proposal) -> list[Reason]:
    if len(found.curve) < 2:
        return []
    last, before = found.curve[-1], found.curve[-2]
    if last.number != before.number + 1:
        return []
    return [
        Reason(
            Why.LAST_STEP,
            found.aim,
            number=last.number,
            share=last.share,
            people=last.fewer_left_out,
            sure=before.worth.proven,
        )
    ]


def _counted(code: Why, villages: Sequence[Village]) -> Reason:
    return Reason(code, number=len(villages), people=sum(one.people for one in villages), names=_names(villages))


def _names(villages: Sequence[Village]) -> tuple[str, ...]:
    return tuple(one.demand.name for one in villages[:MOST_NAMES])
