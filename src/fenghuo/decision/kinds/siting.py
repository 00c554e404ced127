"""`fenghuo decide siting`: see decision.siting."""

from typing import Any, Literal

from pydantic import Field

from fenghuo.decision import siting
from fenghuo.decision.siting import Aim, Part, Proposal, Reason, Standing, Step, Village, Without, Worth
from fenghuo.decision.siting.words import said

from . import Answer, Asked, Kind, ReasonSaid, Said, Status
from .coverage import Cells, Id


class Demand(Asked):
    id: Id
    name: str = ""
    people: int | None = Field(None, description="null: nobody knows; 0: nobody lives there, counts nowhere")
    position_known: bool = Field(True, description="false: listed, and in no figure; its row is not read")


class Site(Asked):
    id: Id
    name: str = ""
    kind: str = ""
    standing: Literal["candidate", "existing", "closed"] = "candidate"
    wanted: bool = Field(False, description="a candidate that must be among the new ones")
    cost: int = Field(0, description="whole, in the unit of the budget")
    capacity: int | None = Field(None, description="people; null: room for all")


class KindLimit(Asked):
    """Of the new ones of a kind."""

    kind: str
    least: int = 0
    most: int | None = None


class Question(Asked):
    demands: list[Demand]
    sites: list[Site]
    seconds: Cells
    aim: Literal["median", "centre", "cover"] = Field(
        "median", description="least time of all people together; of whoever has it longest; most people in time"
    )
    new: int | None = Field(None, description="so many new ones at most; this or a budget must be given")
    within_minutes: float | None = Field(None, description="of the aim cover")
    budget: int | None = None
    kinds: list[KindLimit] = []
    estimate: bool = Field(False, description="times are reckoned along straight lines")
    curve: bool = Field(True, description="also the best with 1, 2 … new ones")
    without: bool = Field(True, description="also the best without each chosen one")
    effort: float = Field(
        20.0, description="about so many seconds until an unproven answer is given, with its bound", allow_inf_nan=True
    )


class WorthSaid(Said):
    """`value`: median people × seconds of those served; centre seconds of the farthest; cover people within."""

    left_out: int = Field(description="people who reach no open site or find no room; cover: not within the minutes")
    left_out_bound: int
    value: float
    bound: float
    proven: bool
    gap: float
    mean_seconds: float | None
    longest_seconds: float | None
    people: int


class PartSaid(Said):
    site: str
    people: int
    seconds: float


class VillageSaid(Said):
    """Before and after; more than one part: its people are divided."""

    demand: str
    name: str
    people: int
    before: list[PartSaid]
    after: list[PartSaid]
    before_seconds: float | None
    after_seconds: float | None
    gains: bool


class Choice(Said):
    """A new site."""

    site: str
    name: str
    kind: str
    cost: int
    wanted: bool


class StepSaid(Said):
    """The best with so many new ones."""

    new: int
    sites: list[str]
    worth: WorthSaid
    gain: float
    share: float = Field(description="of the value before; of all people for cover")
    fewer_left_out: int


class WithoutSaid(Said):
    """The best when this site may not open."""

    site: str
    instead: list[str]
    worth: WorthSaid | None = Field(description="null: the needs cannot be met then")
    loss: float
    share: float
    more_left_out: int


class SitingAnswer(Answer):
    """`objective`, `bound`: of `worth`. With capacities people may be divided. infeasible: somebody is left out."""

    choice: list[Choice]
    spent: int
    today: WorthSaid
    worth: WorthSaid
    villages: list[VillageSaid]
    unmet: list[VillageSaid] = Field(description="not served, or not fully (cover: in time); those out of reach first")
    unreachable: list[str] = Field(description="demands that no site of the question reaches")
    curve: list[StepSaid]
    without: list[WithoutSaid]
    positions_unknown: list[str]
    estimate: bool


def decide(asked: Question) -> SitingAnswer:
    found = siting.propose(_question(asked))
    return SitingAnswer(
        status=_status(found),
        objective=found.worth.value if found.possible else None,
        bound=found.worth.bound if found.possible else None,
        reasons=[_reason(one) for one in found.reasons],
        choice=[
            Choice(site=one.id, name=one.name, kind=one.kind, cost=one.cost, wanted=one.wanted) for one in found.chosen
        ],
        spent=found.spent,
        today=_worth(found.today),
        worth=_worth(found.worth),
        villages=[_village(one) for one in found.villages],
        unmet=[_village(one) for one in (*found.unreachable, *found.unserved)],
        unreachable=[one.demand.id for one in found.unreachable],
        curve=[_step(one) for one in found.curve],
        without=[_without(one) for one in found.without],
        positions_unknown=[one.id for one in found.unplaced],
        estimate=found.estimate,
    )


def _question(asked: Question) -> siting.Question:
    return siting.Question(
        demands=[siting.Demand(one.id, one.name or one.id, one.people, one.position_known) for one in asked.demands],
        sites=[
            siting.Site(
                one.id, one.name or one.id, one.kind, Standing(one.standing), one.wanted, one.cost, one.capacity
            )
            for one in asked.sites
        ],
        seconds=asked.seconds,
        aim=Aim(asked.aim),
        new=asked.new,
        within_minutes=asked.within_minutes,
        budget=asked.budget,
        kinds=[siting.KindLimit(one.kind, one.least, one.most) for one in asked.kinds],
        estimate=asked.estimate,
        curve=asked.curve,
        without=asked.without,
        effort=asked.effort,
    )


def _status(found: Proposal) -> Status:
    """Who is late for the aim cover is no need that is unmet: the aim is to make them few."""
    if not found.possible or found.unreachable or (found.unserved and found.aim is not Aim.COVER):
        return "infeasible"
    return "optimal" if found.worth.proven else "feasible"


def _worth(one: Worth) -> WorthSaid:
    return WorthSaid(
        left_out=one.left_out,
        left_out_bound=one.left_out_bound,
        value=one.value,
        bound=one.bound,
        proven=one.proven,
        gap=one.gap,
        mean_seconds=one.mean_s,
        longest_seconds=one.longest_s,
        people=one.people,
    )


def _parts(parts: tuple[Part, ...]) -> list[PartSaid]:
    return [PartSaid(site=one.site.id, people=one.people, seconds=one.seconds) for one in parts]


def _village(one: Village) -> VillageSaid:
    return VillageSaid(
        demand=one.demand.id,
        name=one.demand.name,
        people=one.people,
        before=_parts(one.before),
        after=_parts(one.after),
        before_seconds=one.before_s,
        after_seconds=one.after_s,
        gains=one.gains,
    )


def _step(one: Step) -> StepSaid:
    return StepSaid(
        new=one.number,
        sites=[site.id for site in one.sites],
        worth=_worth(one.worth),
        gain=one.gain,
        share=one.share,
        fewer_left_out=one.fewer_left_out,
    )


def _without(one: Without) -> WithoutSaid:
    return WithoutSaid(
        site=one.site.id,
        instead=[site.id for site in one.instead],
        worth=_worth(one.worth) if one.worth else None,
        loss=one.loss,
        share=one.share,
        more_left_out=one.more_left_out,
    )


def _reason(one: Reason) -> ReasonSaid:
    values: dict[str, Any] = {"number": one.number, "of": one.of, "people": one.people, "site": one.site}
    values |= {"names": list(one.names), "share": one.share, "before": one.before, "after": one.after}
    values |= {"minutes": one.minutes, "aim": one.aim}
    kept = {name: value for name, value in values.items() if value not in (None, "", [], 0)}
    return ReasonSaid(code=one.code, values=kept, zh=said(one, "zh"), en=said(one, "en"))


KIND = Kind(
    "siting",
    Question,
    SitingAnswer,
    decide,
    {
        "demands": [
            {"id": "610118007226", "name": "草堂营村", "people": 1830},
            {"id": "610118007201", "name": "李家岩村", "people": 620},
            {"id": "610118014204", "name": "蔡家坡村", "people": 940},
        ],
        "sites": [
            {"id": "S-01", "name": "县体育场", "kind": "shelter", "standing": "existing"},
            {"id": "S-07", "name": "草堂中学", "kind": "shelter"},
            {"id": "S-12", "name": "蔡家坡文化广场", "kind": "shelter"},
        ],
        "seconds": [[1500, 240, 1920], [2100, 660, None], [1740, 1380, 120]],
        "aim": "median",
        "new": 1,
    },
)
