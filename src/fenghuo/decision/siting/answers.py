"""A proposal of siting. Sites and demands are those of the question; nothing in it is ever infinite."""

from dataclasses import dataclass

from fenghuo.decision.coverage.asking import Demand

from .asking import Aim, Site
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Worth:
    """What a choice is worth. `left_out`: people who reach no open site or find no room; for the aim cover those not
    within the minutes. `left_out_bound`: so many at least, whatever is chosen.

    `value`: median: people × seconds of those served; centre: seconds of the farthest of them; cover: people within.
    `bound`: no choice that leaves out no more has a better value. `mean_s`, `longest_s`: of those served, None: nobody.
    """

    aim: Aim
    left_out: int
    left_out_bound: int
    value: float
    bound: float
    proven: bool
    mean_s: float | None
    longest_s: float | None
    people: int

    @property
    def gap(self) -> float:
        """How much better the value might still be, as a share of it; 0 when proven."""
        return abs(self.value - self.bound) / self.value if self.value else float(self.bound != self.value)


@dataclass(frozen=True, slots=True)
class Part:
    """So many people of a place go to that site."""

    site: Site
    people: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Village:
    """A demand before and after. Empty: nobody of it reaches anything, or finds room; more than one: divided.

    `people`: what it counts for. `new`: its people gained a nearer site.
    """

    demand: Demand
    people: int
    before: tuple[Part, ...]
    after: tuple[Part, ...]

    @property
    def before_s(self) -> float | None:
        return _mean(self.before)

    @property
    def after_s(self) -> float | None:
        return _mean(self.after)

    @property
    def gains(self) -> bool:
        """Sooner than before, or served at all."""
        if self.after_s is None:
            return False
        return self.before_s is None or self.after_s < self.before_s


@dataclass(frozen=True, slots=True)
class Step:
    """The best with `number` new ones, on its own: not always the one before and one more.

    `gain`: what it is better than the step before, in the unit of the value (never below 0 once both are proven), as
    `share` of it; for cover of all people. `fewer_left_out`: people.
    """

    number: int
    sites: tuple[Site, ...]
    worth: Worth
    gain: float
    share: float
    fewer_left_out: int


@dataclass(frozen=True, slots=True)
class Without:
    """The best when `site` may not be built. `instead`: what opens then and did not. `worth` None: needs unmet then."""

    site: Site
    instead: tuple[Site, ...]
    worth: Worth | None
    loss: float
    share: float
    more_left_out: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`chosen`: the new ones, by id. `possible` False: the needs contradict each other, nothing is proposed.

    `today`: with what exists alone. `unreachable`: demands that no site of the question reaches; `unserved`: reachable,
    and not served (or not fully) by this choice. `reasons`: worst first.
    """

    aim: Aim
    possible: bool
    chosen: tuple[Site, ...]
    spent: int
    today: Worth
    worth: Worth
    villages: tuple[Village, ...]
    unreachable: tuple[Village, ...]
    unserved: tuple[Village, ...]
    unplaced: tuple[Demand, ...]
    curve: tuple[Step, ...]
    without: tuple[Without, ...]
    estimate: bool
    reasons: tuple[Reason, ...]


def _mean(parts: tuple[Part, ...]) -> float | None:
    people = sum(one.people for one in parts)
    if not people:
        return parts[0].seconds if parts else None
    return sum(one.people * one.seconds for one in parts) / people
