"""`fenghuo decide dispatch`: see decision.dispatch. One incident: `needs`; several: `incidents` and `seconds`."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Annotated, Any, Literal

from pydantic import Field

from fenghuo.decision import dispatch
from fenghuo.decision.dispatch import Of, Proposal, Proposals
from fenghuo.decision.questions import BadQuestion, Fault
from fenghuo.standards import needs
from fenghuo.standards.capabilities import CAPABILITIES

from . import Answer, Asked, Kind, ReasonSaid, Said, Status

type Count = Annotated[int, Field(ge=0, le=10_000)]
type Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Need(Asked):
    capability: str
    count: Count = 1
    must: bool = True
    why: str = ""


class Team(Asked):
    id: int
    name: str = ""
    capabilities: list[str]
    seconds: Seconds | None = Field(None, description="to the one incident; with several the times stand in `seconds`")
    estimate: bool = False
    cut_off: bool = Field(False, description="no road leads there; `seconds` is null then")
    state: Literal["ready", "resting", "unavailable"] = "ready"
    busy_with: str = ""
    called_today: Count = 0
    of: Literal["own", "line", "neighbour", "volunteer"] = Field(
        "own", description="whose it is: only the county's own are proposed, others could be asked for what is unmet"
    )
    going_to: int | None = Field(None, description="incident it is on the way to: it stays unless a must stays unmet")


class Incident(Asked):
    id: int
    name: str = ""
    needs: list[Need]
    weight: int = Field(1, description="what a team or a minute missing here counts against one elsewhere; from 1")
    most: Count | None = None


class Cover(Asked):
    """A place that teams at home keep covered."""

    id: str
    name: str = ""
    people: int = 0
    teams: list[int] = Field(description="those that would be there in time")
    capability: str = Field("", description="when only teams with it count")


class Rules(Asked):
    """Arrivals are compared in steps of `step_seconds`."""

    tired_from: int = 2
    tired_seconds: float = 900.0
    step_seconds: float = 60.0


class NoRoad(Asked):
    team: int
    incident: int


class Question(Asked):
    needs: list[Need] | None = Field(None, description="of the one incident; this or `incidents`")
    teams: list[Team]
    most: Count | None = None
    incidents: list[Incident] | None = None
    seconds: list[list[Seconds | None]] | None = Field(
        None, description="with `incidents`: a row for each team, a cell for each incident; null: nobody knows"
    )
    no_road: list[NoRoad] = Field([], description="with `incidents`: where no road leads; the cell is null then")
    cover: list[Cover] = []
    rules: Rules = Rules()
    without: bool | None = Field(
        None, description="also the best without each choice; when not said: yes for one incident, no for several"
    )
    effort: int = Field(2000, description="nodes that a search may look at in each level before it ends unproven")


class Covered(Said):
    capability: str
    count: int
    must: bool
    why: str


class Choice(Said):
    """`incident`: null when the question was of one. `stays`: on the way already."""

    team: int
    incident: int | None
    covers: list[Covered]
    seconds: float | None
    stays: bool
    reasons: list[ReasonSaid]


class NotChosen(Said):
    team: int
    incident: int | None
    reasons: list[ReasonSaid]


class CouldAsk(Said):
    team: int
    of: str
    seconds: float | None


class Unmet(Said):
    """`missing`: for want of a free team; `cut`: left out by the limit; `best`: would have it, not free."""

    need: Covered
    incident: int | None
    missing: int
    cut: int
    best: int | None
    could_ask: list[CouldAsk]
    reasons: list[ReasonSaid]


class SentSaid(Said):
    team: int
    incident: int | None


class WithoutSaid(Said):
    """The best when this team does not go there: who goes instead, and the first level in which it is worse."""

    team: int
    incident: int | None
    instead: list[SentSaid]
    home: list[int]
    level: str | None = Field(description="null: as good, only later in the order of ids")
    loss: int
    missing: int
    later_seconds: float | None
    reason: ReasonSaid


class MoveSaid(Said):
    """A team on the way that turns elsewhere; `to` null: nothing asks for it any more."""

    team: int
    origin: int | None
    to: int | None


class DispatchAnswer(Answer):
    """`objective`: teams that must be there and are missing (times the weights of their incidents); `bound`: fewer are
    not possible. `worth`, `bounds`: level by level, in the order in which plans are compared."""

    choice: list[Choice]
    not_chosen: list[NotChosen]
    unmet: list[Unmet]
    estimate: bool
    proven: bool
    worth: dict[str, int]
    bounds: dict[str, int]
    without: list[WithoutSaid]
    runner_up: WithoutSaid | None
    uncovered: list[str] = Field(description="places that lose the last team near enough")
    moves: list[MoveSaid]


def decide(asked: Question) -> DispatchAnswer:
    _check(asked)
    found = dispatch.propose_for_many(_question(asked))
    return _Saying(found, asked).answer()


class _Saying:
    """An answer in words: names of teams, and whether incidents are named."""

    def __init__(self, found: Proposals, asked: Question) -> None:
        self.found, self.many = found, asked.incidents is not None
        self.names: Mapping[int, str] = {one.id: one.name for one in asked.teams}

    def answer(self) -> DispatchAnswer:
        found = self.found
        outcome = found.outcome
        unmet = outcome.worth[dispatch.Level.UNMET_MUST]
        status: Status = "infeasible" if unmet else "optimal" if outcome.proven else "feasible"
        proposals = [proposal for _incident, proposal in found.parts]
        reasons = [reason for one in proposals for lack in one.unmet for reason in lack.why]
        return DispatchAnswer(
            status=status,
            objective=unmet,
            bound=outcome.bounds.get(dispatch.Level.UNMET_MUST),
            reasons=self._reasons([*reasons, self.found.outcome.proof]),
            choice=[one for incident, part in found.parts for one in self._choices(incident, part)],
            not_chosen=[
                NotChosen(team=one.team.id, incident=self._id(incident), reasons=self._reasons(one.why))
                for incident, part in found.parts
                for one in part.not_chosen
            ],
            unmet=[self._unmet(incident, one) for incident, part in found.parts for one in part.unmet],
            estimate=any(one.estimate for one in proposals),
            proven=outcome.proven,
            worth={str(level): outcome.worth[level] for level in dispatch.MEANT},
            bounds={str(level): outcome.bounds[level] for level in dispatch.MEANT if level in outcome.bounds},
            without=[self._without(one) for one in found.without],
            runner_up=self._without(found.runner_up) if found.runner_up else None,
            uncovered=[one.id for one in found.uncovered],
            moves=[
                MoveSaid(team=one.team.id, origin=self._id(one.origin), to=self._id(one.to) if one.to else None)
                for one in found.moves
            ],
        )

    def _id(self, incident: dispatch.Incident) -> int | None:
        return incident.id if self.many else None

    def _choices(self, incident: dispatch.Incident, part: Proposal) -> list[Choice]:
        return [
            Choice(
                team=one.team.id,
                incident=self._id(incident),
                covers=[_need(need) for need in one.covers],
                seconds=one.seconds,
                stays=one.stays,
                reasons=self._reasons(one.why),
            )
            for one in part.choices
        ]

    def _unmet(self, incident: dispatch.Incident, one: dispatch.Unmet) -> Unmet:
        return Unmet(
            need=_need(one.need),
            incident=self._id(incident),
            missing=one.missing,
            cut=one.cut,
            best=one.best.team.id if one.best else None,
            could_ask=[CouldAsk(team=team.id, of=str(team.of), seconds=team.seconds) for team in one.could_ask],
            reasons=self._reasons([*one.why, *(one.best.why if one.best else ())]),
        )

    def _without(self, one: dispatch.Without) -> WithoutSaid:
        return WithoutSaid(
            team=one.team.id,
            incident=self._id(one.incident),
            instead=[SentSaid(team=sent.team.id, incident=self._id(sent.incident)) for sent in one.instead],
            home=[team.id for team in one.home],
            level=str(one.level) if one.level else None,
            loss=one.loss,
            missing=one.missing,
            later_seconds=one.later_s,
            reason=self._reasons([one.why])[0],
        )

    def _reasons(self, why: Sequence[dispatch.Reason]) -> list[ReasonSaid]:
        return [
            ReasonSaid(
                code=one.code,
                values=_values(one),
                zh=dispatch.said(one, "zh", self.names),
                en=dispatch.said(one, "en", self.names),
            )
            for one in why
        ]


def _question(asked: Question) -> dispatch.Question:
    teams = [
        dispatch.Team(
            **one.model_dump(exclude={"capabilities", "of"}), capabilities=frozenset(one.capabilities), of=Of(one.of)
        )
        for one in asked.teams
    ]
    if asked.incidents is None:
        incidents = [dispatch.Incident(0, "", _needs(asked.needs or []), most=asked.most)]
        times = [[inf if one.cut_off else one.seconds] for one in asked.teams]
    else:
        incidents = [
            dispatch.Incident(one.id, one.name, _needs(one.needs), one.weight, one.most) for one in asked.incidents
        ]
        times = _times(asked)
    return dispatch.Question(
        incidents,
        teams,
        times,
        [
            dispatch.Cover(one.id, one.name or one.id, one.people, frozenset(one.teams), one.capability)
            for one in asked.cover
        ],
        dispatch.Rules(**asked.rules.model_dump()),
        asked.incidents is None if asked.without is None else asked.without,
        asked.effort,
    )


def _times(asked: Question) -> list[list[float | None]]:
    """Rows of the wrong length are left to the decision, which names them."""
    times = [list(row) for row in asked.seconds or []]
    rows = {one.id: place for place, one in enumerate(asked.teams)}
    columns = {one.id: place for place, one in enumerate(asked.incidents or [])}
    for way in asked.no_road:
        row, column = rows[way.team], columns[way.incident]
        if row < len(times) and column < len(times[row]):
            times[row][column] = inf
    return times


def _needs(listed: list[Need]) -> tuple[needs.Need, ...]:
    return tuple(needs.Need(one.capability, one.count, one.must, one.why) for one in listed)


def _check(asked: Question) -> None:
    """What only the file can have wrong. Raises: BadQuestion."""
    if (asked.needs is None) == (asked.incidents is None):
        zh, en = "needs 和 incidents 须给且只给一个", "give either needs (one incident) or incidents (several)"
        raise BadQuestion(Fault("needs", None, zh, en))
    if asked.incidents is not None and asked.seconds is None:
        zh, en = "列出多起事件时须给 seconds，每支队伍一行", "must be given with incidents: a row for each team"
        raise BadQuestion(Fault("seconds", None, zh, en))
    teams, incidents = {one.id for one in asked.teams}, {one.id for one in asked.incidents or []}
    for at, way in enumerate(asked.no_road):
        for name, given, ids in (("team", way.team, teams), ("incident", way.incident, incidents)):
            if given not in ids:
                raise BadQuestion(Fault(f"no_road[{at}].{name}", given, "不在所列之中", "is none of those listed"))
    if asked.incidents is not None and asked.most is not None:
        zh, en = "多起事件的上限写在各事件内", "with several incidents the limit stands in each of them"
        raise BadQuestion(Fault("most", asked.most, zh, en))
    for at, team in enumerate(asked.teams):
        if asked.incidents is not None and (team.seconds is not None or team.cut_off):
            zh, en = "多起事件的时间写在 seconds 的行里", "with several incidents times stand in the rows of `seconds`"
            raise BadQuestion(Fault(f"teams[{at}].seconds", team.seconds, zh, en))
    said = [(f"needs[{at}].capability", one.capability) for at, one in enumerate(asked.needs or [])]
    for place, incident in enumerate(asked.incidents or []):
        said += [
            (f"incidents[{place}].needs[{at}].capability", one.capability) for at, one in enumerate(incident.needs)
        ]
    for at, team in enumerate(asked.teams):
        said += [(f"teams[{at}].capabilities", slug) for slug in team.capabilities]
    said += [(f"cover[{at}].capability", one.capability) for at, one in enumerate(asked.cover) if one.capability]
    for field, slug in said:
        if slug not in CAPABILITIES:
            known = " ".join(CAPABILITIES)
            raise BadQuestion(Fault(field, slug, f"没有这种能力，可以写：{known}", f"is none; there are: {known}"))


def _need(need: needs.Need) -> Covered:
    return Covered(capability=need.capability, count=need.count, must=need.must, why=need.why)


def _values(one: dispatch.Reason) -> dict[str, Any]:
    values = {"capability": one.capability, "team": one.team, "number": one.number, "text": one.text}
    values |= {"people": one.people, "bound": one.bound}
    return {name: value for name, value in values.items() if value not in (None, "")}


KIND = Kind(
    "dispatch",
    Question,
    DispatchAnswer,
    decide,
    {
        "needs": [
            {"capability": "rescue_cutting", "count": 1, "must": True, "why": "rt-trapped"},
            {"capability": "medical", "count": 2, "must": True, "why": "injured"},
        ],
        "teams": [
            {"id": 1, "name": "消防救援一中队", "capabilities": ["rescue_cutting", "firefighting"], "seconds": 240},
            {"id": 2, "name": "120急救甘亭站", "capabilities": ["medical"], "seconds": 180},
            {"id": 3, "name": "消防救援二中队", "capabilities": ["rescue_cutting"], "seconds": 660},
            {"id": 4, "name": "邻县急救中心", "capabilities": ["medical"], "seconds": 2100, "of": "neighbour"},
        ],
    },
)
