"""`fenghuo decide dispatch`: see decision.dispatch."""

from typing import Annotated, Any, Literal

from pydantic import Field

from fenghuo.decision import dispatch
from fenghuo.decision.questions import BadQuestion, Fault
from fenghuo.standards import needs
from fenghuo.standards.capabilities import CAPABILITIES

from . import Answer, Asked, Kind, ReasonSaid, Said

type Count = Annotated[int, Field(ge=0, le=10_000)]


class Need(Asked):
    capability: str
    count: Count = 1
    must: bool = True
    why: str = ""


class Team(Asked):
    id: int
    name: str = ""
    capabilities: list[str]
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    estimate: bool = False
    cut_off: bool = Field(False, description="no road leads there; `seconds` is null then")
    state: Literal["ready", "resting", "unavailable"] = "ready"
    busy_with: str = ""
    called_today: Count = 0


class Question(Asked):
    needs: list[Need]
    teams: list[Team]
    most: Count | None = None


class Covered(Said):
    capability: str
    count: int
    must: bool
    why: str


class Choice(Said):
    team: int
    covers: list[Covered]
    seconds: float | None
    reasons: list[ReasonSaid]


class NotChosen(Said):
    team: int
    reasons: list[ReasonSaid]


class Unmet(Said):
    """`missing`: for want of a free team; `cut`: left out by the limit; `best`: would have it, not free."""

    need: Covered
    missing: int
    cut: int
    best: int | None
    reasons: list[ReasonSaid]


class DispatchAnswer(Answer):
    """`objective`: teams that must be there and are missing: the fewest possible, so that the bound is the same."""

    choice: list[Choice]
    not_chosen: list[NotChosen]
    unmet: list[Unmet]
    estimate: bool


def decide(asked: Question) -> DispatchAnswer:
    """The sentences of its reasons are the pages'; here they are codes with values."""
    _check(asked)
    found = dispatch.propose(
        [needs.Need(one.capability, one.count, one.must, one.why) for one in asked.needs],
        [
            dispatch.Team(**one.model_dump(exclude={"capabilities"}), capabilities=frozenset(one.capabilities))
            for one in asked.teams
        ],
        most=asked.most,
    )
    missing = sum(one.missing for one in found.unmet if one.need.must)
    return DispatchAnswer(
        status="infeasible" if missing else "feasible",
        objective=missing,
        bound=missing,
        reasons=[reason for one in found.unmet for reason in _reasons(one.why)],
        choice=[
            Choice(
                team=one.team.id,
                covers=[_need(need) for need in one.covers],
                seconds=one.seconds,
                reasons=_reasons(one.why),
            )
            for one in found.choices
        ],
        not_chosen=[NotChosen(team=one.team.id, reasons=_reasons(one.why)) for one in found.not_chosen],
        unmet=[
            Unmet(
                need=_need(one.need),
                missing=one.missing,
                cut=one.cut,
                best=one.best.team.id if one.best else None,
                reasons=_reasons(one.why) + (_reasons(one.best.why) if one.best else []),
            )
            for one in found.unmet
        ],
        estimate=found.estimate,
    )


def _check(asked: Question) -> None:
    """Raises: BadQuestion."""
    seen = set[int]()
    said = [(f"needs[{at}].capability", one.capability) for at, one in enumerate(asked.needs)]
    for at, team in enumerate(asked.teams):
        if team.id in seen:
            zh, en = "编号重复，每支队伍只能出现一次", "is there twice: give each team its own id"
            raise BadQuestion(Fault(f"teams[{at}].id", team.id, zh, en))
        seen.add(team.id)
        said += [(f"teams[{at}].capabilities", slug) for slug in team.capabilities]
    for field, slug in said:
        if slug not in CAPABILITIES:
            known = " ".join(CAPABILITIES)
            raise BadQuestion(Fault(field, slug, f"没有这种能力，可以写：{known}", f"is none; there are: {known}"))


def _need(need: needs.Need) -> Covered:
    return Covered(capability=need.capability, count=need.count, must=need.must, why=need.why)


def _reasons(why: tuple[dispatch.Reason, ...]) -> list[ReasonSaid]:
    return [ReasonSaid(code=one.code, values=_values(one)) for one in why]


def _values(one: dispatch.Reason) -> dict[str, Any]:
    values = {"capability": one.capability, "team": one.team, "number": one.number, "text": one.text}
    return {name: value for name, value in values.items() if value not in (None, "")}


KIND = Kind(
    "dispatch",
    Question,
    DispatchAnswer,
    decide,
    {
        "needs": [{"capability": "rescue_cutting", "count": 1, "must": True, "why": "rt-trapped"}],
        "teams": [
            {"id": 1, "name": "消防救援一中队", "capabilities": ["rescue_cutting", "firefighting"], "seconds": 240},
            {"id": 2, "name": "120急救甘亭站", "capabilities": ["medical"], "seconds": 180},
        ],
    },
)
