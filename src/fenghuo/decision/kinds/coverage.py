"""`fenghuo decide coverage`: see decision.coverage."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fenghuo.decision import coverage
from fenghuo.decision.coverage import Measure, Reason, Served, Within
from fenghuo.decision.coverage.words import said

from . import Answer, Asked, Kind, ReasonSaid, Said

type Cells = Annotated[
    list[list[float | None]],
    Field(description="A row for each demand, a number for each site; null where nothing leads there"),
]
type Id = Annotated[
    str,
    BeforeValidator(lambda given: str(given) if type(given) is int else given),
    Field(min_length=1, max_length=100, description="a text; a whole number is taken for one"),
]


class Demand(Asked):
    id: Id
    name: str = ""
    people: int | None = Field(None, description="null: nobody knows; 0: nobody lives there")
    position_known: bool = Field(True, description="false: listed, and in no figure; its row is not read")


class Site(Asked):
    id: Id
    name: str = ""
    position_known: bool = True


class Threshold(Asked):
    """One of the two; the same measure ascending."""

    minutes: float | None = None
    metres: float | None = None

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        if (self.minutes is None) == (self.metres is None):
            raise PydanticCustomError("one_measure", "must say either minutes or metres")
        return self


class Question(Asked):
    demands: list[Demand]
    sites: list[Site]
    thresholds: list[Threshold]
    seconds: Cells | None = None
    metres: Cells | None = None
    estimate: bool = Field(False, description="times are reckoned along straight lines")


class Choice(Said):
    """The nearest site of a demand, and the next one. Seconds, or metres when no seconds were given."""

    demand: str
    name: str
    site: str | None
    cost: float | None
    next_site: str | None
    next_cost: float | None


class Together(Said):
    known: int
    unknown: int = Field(description="of so many demands nobody knows how many people live there")


class SiteSaid(Said):
    site: str
    covers: int
    alone: list[str] = Field(description="demands that lose all cover without it")
    alone_people: Together


class WithinSaid(Said):
    minutes: float | None
    metres: float | None
    covered: list[str]
    uncovered: list[str]
    twice: list[str]
    once: dict[str, str]
    people: Together
    people_uncovered: Together
    people_twice: Together
    share: float | None
    people_share: float | None
    sites: list[SiteSaid]


class CoverageAnswer(Answer):
    """`objective`: demands covered within the last threshold; it is counted, so that the bound is the same."""

    measure: str
    choice: list[Choice]
    within: list[WithinSaid]
    worst: list[str] = Field(description="worst served first, those that cannot be reached at their head")
    unmet: list[Choice] = Field(description="not within the last threshold, worst first")
    positions_unknown: list[str]
    sites_positions_unknown: list[str]
    estimate: bool


def decide(asked: Question) -> CoverageAnswer:
    found = coverage.cover(
        [coverage.Demand(one.id, one.name or one.id, one.people, one.position_known) for one in asked.demands],
        [coverage.Site(one.id, one.name or one.id, one.position_known) for one in asked.sites],
        [_threshold(one) for one in asked.thresholds],
        seconds=asked.seconds,
        metres=asked.metres,
        estimate=asked.estimate,
    )
    widest = found.within[-1]
    missing = set(widest.uncovered)
    return CoverageAnswer(
        status="optimal",
        objective=len(widest.covered),
        bound=len(widest.covered),
        reasons=[_reason(one) for one in found.reasons],
        measure="seconds" if found.measure is Measure.MINUTES else "metres",
        choice=[_choice(one) for one in found.served],
        within=[_within(one) for one in found.within],
        worst=[one.demand.id for one in found.worst],
        unmet=[_choice(one) for one in found.worst if one.demand.id in missing],
        positions_unknown=[one.id for one in found.unplaced],
        sites_positions_unknown=[one.id for one in found.unplaced_sites],
        estimate=found.estimate,
    )


def _threshold(asked: Threshold) -> coverage.Threshold:
    if asked.minutes is not None:
        return coverage.Threshold(Measure.MINUTES, asked.minutes)
    assert asked.metres is not None
    return coverage.Threshold(Measure.METRES, asked.metres)


def _choice(one: Served) -> Choice:
    return Choice(
        demand=one.demand.id,
        name=one.demand.name,
        site=one.site.id if one.site else None,
        cost=one.cost,
        next_site=one.next_site.id if one.next_site else None,
        next_cost=one.next_cost,
    )


def _together(people: coverage.People) -> Together:
    return Together(known=people.known, unknown=people.unknown)


def _measured(threshold: coverage.Threshold) -> dict[str, Any]:
    return {measure.value: threshold.most if measure is threshold.measure else None for measure in Measure}


def _within(one: Within) -> WithinSaid:
    return WithinSaid(
        **_measured(one.threshold),
        covered=list(one.covered),
        uncovered=list(one.uncovered),
        twice=list(one.twice),
        once=one.once,
        people=_together(one.people),
        people_uncovered=_together(one.people_uncovered),
        people_twice=_together(one.people_twice),
        share=one.share,
        people_share=one.people_share,
        sites=[
            SiteSaid(site=at.site.id, covers=at.covers, alone=list(at.alone), alone_people=_together(at.alone_people))
            for at in one.sites
        ],
    )


def _reason(one: Reason) -> ReasonSaid:
    values: dict[str, Any] = {"number": one.number, "of": one.of, "people": one.people, "unknown": one.unknown}
    values |= {"site": one.site, "names": list(one.names)}
    if one.threshold:
        values |= _measured(one.threshold)
    kept = {name: value for name, value in values.items() if value not in (None, "", [], 0)}
    return ReasonSaid(code=one.code, values=kept, zh=said(one, "zh"), en=said(one, "en"))


KIND = Kind(
    "coverage",
    Question,
    CoverageAnswer,
    decide,
    {
        "demands": [
            {"id": "610118007226", "name": "草堂营村", "people": 1830},
            {"id": "610118007201", "name": "李家岩村", "people": None},
            {"id": "610118014204", "name": "蔡家坡村", "people": 940},
        ],
        "sites": [{"id": "T-0001", "name": "消防救援一中队"}, {"id": "T-0012", "name": "草堂义务消防队"}],
        "thresholds": [{"minutes": 5}, {"minutes": 15}],
        "seconds": [[780, 120], [1310, 640], [None, None]],
    },
)
