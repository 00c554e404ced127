"""A proposal of teams for an incident, and what all of it is worth."""

from dataclasses import dataclass, field

from fenghuo.standards.needs import Need

from .asking import Cover, Incident, Team
from .levels import MEANT, Level, Worth
from .reasons import Reason, Why


@dataclass(frozen=True, slots=True)
class Choice:
    """`covers`: the needs it is sent for, those that must be met first. `stays`: it is on the way already."""

    team: Team
    covers: tuple[Need, ...]
    seconds: float | None
    why: tuple[Reason, ...]
    stays: bool = False


@dataclass(frozen=True, slots=True)
class NotChosen:
    team: Team
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """`missing`: teams for which there is no free one; `cut`: teams left out because of the limit.

    `best`: the nearest that has the capability and is not free or cannot come, with why; None when nobody has it.
    `could_ask`: teams of others that have it, nearest first.
    """

    need: Need
    missing: int
    cut: int
    best: NotChosen | None
    why: tuple[Reason, ...]
    could_ask: tuple[Team, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A team and the incident it goes to."""

    team: Team
    incident: Incident


@dataclass(frozen=True, slots=True)
class Without:
    """The best plan in which `team` does not go to `incident`. `instead`: who goes somewhere and did not; `home`: who
    goes nowhere any more (beside the team itself). `missing`: teams more that stay unmet.

    `level`: the first in which that plan is worse, by `loss` in its unit; None when it is only later by the id.
    `later_s`: by how much the last of `instead` comes later than the team would; None: not known, or nobody comes.
    """

    team: Team
    incident: Incident
    instead: tuple[Sent, ...]
    home: tuple[Team, ...]
    level: Level | None
    loss: int
    later_s: float | None
    missing: int
    worth: Worth

    @property
    def why(self) -> Reason:
        if self.missing > 0:
            return Reason(Why.WITHOUT_UNMET, team=self.team.id, number=self.missing)
        names = "、".join(
            one.team.name if one.incident.id == self.incident.id else f"{one.team.name}（{one.incident.name}）"
            for one in self.instead
        )
        later = None if not self.instead else -1 if self.later_s is None else max(0, round(self.later_s / 60))
        return Reason(Why.WITHOUT, team=self.team.id, number=later, text=names)


@dataclass(frozen=True, slots=True)
class Move:
    """A team on the way that turns elsewhere (`to`), or that nothing asks for any more (None)."""

    team: Team
    origin: Incident
    to: Incident | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole plan is worth, level by level, and what is proven of it."""

    worth: Worth
    bounds: Worth

    @property
    def open_level(self) -> Level | None:
        """The first level that is not proven."""
        return next((level for level in MEANT if self.bounds.get(level) != self.worth[level]), None)

    @property
    def proven(self) -> bool:
        return self.open_level is None

    @property
    def proof(self) -> Reason:
        """That it is proven, or what is not."""
        level = self.open_level
        if level is None:
            return Reason(Why.PROVEN)
        return Reason(Why.UNPROVEN, text=str(level), number=self.worth[level], bound=self.bounds.get(level, 0))


NOTHING = Outcome(dict.fromkeys(Level, 0), dict.fromkeys(Level, 0))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Worst first: what is unmet, then whom to send, then who was passed over.

    `estimate`: some time shown is reckoned along a straight line. `without`: for each choice the best without it, in
    the order of the choices; `runner_up`: that one of them which costs least. `uncovered`: places that lose the last
    team near enough. `outcome`: of the whole plan, of which this may be a part.
    """

    unmet: tuple[Unmet, ...]
    choices: tuple[Choice, ...]
    not_chosen: tuple[NotChosen, ...]
    estimate: bool
    without: tuple[Without, ...] = ()
    runner_up: Without | None = None
    uncovered: tuple[Cover, ...] = ()
    moves: tuple[Move, ...] = ()
    outcome: Outcome = field(default=NOTHING, compare=False)


@dataclass(frozen=True, slots=True)
class Proposals:
    """For each incident its part, in the order of the question; the rest of all of them together."""

    parts: tuple[tuple[Incident, Proposal], ...]
    outcome: Outcome
    uncovered: tuple[Cover, ...]
    moves: tuple[Move, ...]
    without: tuple[Without, ...]
    runner_up: Without | None
