"""A question as whole numbers: what is reckoned on."""

from dataclasses import dataclass
from itertools import accumulate
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from fenghuo.decision.coverage.asking import Demand, read_matrix
from fenghuo.decision.questions import BadQuestion, Fault

from .asking import MOST_SECONDS, MOST_TOGETHER, Question, Site, Standing, check
from .pairs import Flags, Numbers

type Places = NDArray[np.int64]
TENTHS = 10.0  # a tenth of a second is the unit of time: whole numbers add up exactly and compare exactly


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Demands and sites in the order of their ids, so that the order of the question decides nothing.

    `people`: (demands,) what each counts; `assumed`: what those of unknown population count. `tenths`: (demands,
    sites), infinite where nothing leads, where a site is closed, where a demand has no position.
    `counts`: people live there, and some open site or candidate can be reached.
    """

    asked: Question
    demands: tuple[Demand, ...]
    sites: tuple[Site, ...]
    people: Numbers
    assumed: int
    tenths: Numbers
    existing: Flags
    wanted: Flags
    candidate: Flags
    counts: Flags

    @property
    def counted(self) -> Numbers:
        """(demands,) people who count, 0 of a place that does not."""
        return np.where(self.counts, self.people, 0.0)

    @property
    def longest(self) -> float:
        """Of all ways, in tenths; 1 where there is none."""
        return longest_of(self.tenths)

    @property
    def most_new(self) -> int:
        """No more than there are, and than the budget buys of the cheapest."""
        costs = sorted(site.cost for site in self.sites if site.standing is Standing.CANDIDATE)
        budget = self.asked.budget
        number = len(costs) if budget is None else sum(spent <= budget for spent in accumulate(costs))
        return number if self.asked.new is None else min(self.asked.new, number)

    @property
    def plain(self) -> bool:
        """Nothing binds but the number of sites."""
        room = all(one.capacity is None for one in self.sites if one.standing is not Standing.CLOSED)
        costs = sum(one.cost for one in self.sites if one.standing is Standing.CANDIDATE)
        affordable = self.asked.budget is None or costs <= self.asked.budget
        return room and affordable and not any(one.least or one.most is not None for one in self.asked.kinds)

    @property
    def within(self) -> float:
        """In tenths; infinite when the question names none."""
        minutes = self.asked.within_minutes
        return np.inf if minutes is None else float(np.rint(minutes * 60 * TENTHS))


def read(asked: Question) -> Field:
    """Raises: BadQuestion."""
    check(asked)
    seconds = read_matrix("seconds", asked.seconds, len(asked.demands), len(asked.sites))
    finite = np.isfinite(seconds)
    for row, column in np.argwhere(finite & (seconds > MOST_SECONDS))[:1].tolist():
        zh, en = "超过 115 天；到不了就写 null", "is more than 115 days: write null where it cannot be reached"
        raise BadQuestion(Fault(f"seconds[{row}][{column}]", float(seconds[row, column]), zh, en))
    down = sorted(range(len(asked.demands)), key=lambda place: asked.demands[place].id)
    across = sorted(range(len(asked.sites)), key=lambda place: asked.sites[place].id)
    demands, sites = tuple(asked.demands[row] for row in down), tuple(asked.sites[column] for column in across)
    open_ = np.array([one.standing is not Standing.CLOSED for one in sites])
    placed = np.array([one.placed for one in demands])
    tenths = np.rint(seconds[np.ix_(down, across)] * TENTHS)
    tenths[~(placed[:, None] & open_)] = np.inf
    people, assumed = _people(demands)
    _check_size(people, tenths)
    return Field(
        asked=asked,
        demands=demands,
        sites=sites,
        people=people,
        assumed=assumed,
        tenths=tenths,
        existing=np.array([one.standing is Standing.EXISTING for one in sites]),
        wanted=np.array([one.wanted for one in sites]),
        candidate=np.array([one.standing is Standing.CANDIDATE for one in sites]),
        counts=(people > 0) & np.isfinite(tenths).any(axis=1),
    )


def _people(demands: tuple[Demand, ...]) -> tuple[Numbers, int]:
    """An unknown population is never 0: the place counts like a middling one of those that are known."""
    known = [one.people for one in demands if one.people]
    assumed = median_low(known) if known else 1
    return np.array([assumed if one.people is None else one.people for one in demands], np.float64), assumed


def _check_size(people: Numbers, tenths: Numbers) -> None:
    if float(people.sum()) * longest_of(tenths) * 16 > MOST_TOGETHER:
        zh = "人口合计乘以最长时间太大，算不准；人口请改以千人为单位，或删去明显错误的时间"
        en = "too many people times too long ways to add exactly: give people in thousands, or mend the times"
        raise BadQuestion(Fault("demands", int(people.sum()), zh, en))


def longest_of(tenths: Numbers) -> float:
    return float(np.max(tenths, initial=1.0, where=np.isfinite(tenths)))
