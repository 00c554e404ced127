"""Who is within reach, for machines."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from fenghuo.decision.coverage import Measure, People, Served, Within, said
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from .asking import read
from .presenting import language
from .selectors import Found, coverage_of

PREFIX = "/maps"
router = Router(tags=["maps"])

EXAMPLE: dict[str, Any] = {
    "of": "teams",
    "choice": "firefighting",
    "measure": "seconds",
    "looked_at": 10,
    "villages": 282,
    "estimate": False,
    "within": [
        {
            "minutes": 10,
            "metres": None,
            "covered": 214,
            "uncovered": 61,
            "twice": 120,
            "share": 0.778,
            "people": {"known": 301200, "unknown": 9},
            "people_uncovered": {"known": 80100, "unknown": 2},
            "people_share": 0.79,
            "alone": [
                {
                    "site": "T-0001",
                    "name": "消防救援一中队",
                    "villages": ["610118007226"],
                    "people": {"known": 1830, "unknown": 0},
                }
            ],
        }
    ],
    "worst": [
        {
            "code": "610118014204",
            "name": "蔡家坡村",
            "people": 940,
            "nearest": {"site": "T-0001", "name": "消防救援一中队", "cost": 1410.5, "estimate": False},
            "next": None,
        }
    ],
    "positions_unknown": [{"code": "610118007201", "name": "李家岩村", "people": None}],
    "sites_positions_unknown": [],
    "reasons": [{"code": "not_within", "text": "10 分钟内到不了的有 61 处"}],
}


class Together(Schema):
    """`known`: of those whose population is known; `unknown`: of so many places nobody knows it. Never added as 0."""

    known: int
    unknown: int


class AloneOut(Schema):
    """`villages`: codes of those that lose all cover when this one falls out."""

    site: str
    name: str
    villages: list[str]
    people: Together


class WithinOut(Schema):
    """How many villages, of those whose position is known. `share`, `people_share`: 0 to 1, null when of nothing."""

    minutes: float | None
    metres: float | None
    covered: int
    uncovered: int
    twice: int
    share: float | None
    people: Together
    people_uncovered: Together
    people_share: float | None
    alone: list[AloneOut]


class NearOut(Schema):
    """`site`: its number; `cost`: seconds, or metres in a straight line, see `measure`."""

    site: str
    name: str
    cost: float
    estimate: bool


class VillageOut(Schema):
    code: str
    name: str
    people: int | None


class ServedOut(VillageOut):
    """`nearest` null: no road leads there from anywhere."""

    nearest: NearOut | None
    next: NearOut | None


class SiteOut(Schema):
    site: str
    name: str


class ReasonOut(Schema):
    """`text` in the language asked for (Accept-Language)."""

    code: str
    text: str


class CoverageOut(Schema):
    """`within`: the usual steps and the one looked at. `worst`: those that cannot be reached first, then the farthest.

    `estimate`: some or all times are reckoned along straight lines.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    of: str
    choice: str
    measure: str
    looked_at: int
    villages: int
    estimate: bool
    within: list[WithinOut]
    worst: list[ServedOut]
    positions_unknown: list[VillageOut]
    sites_positions_unknown: list[SiteOut]
    reasons: list[ReasonOut]


class CoverageQuery(Schema):
    """What is not said is taken as usual: the first kind there is, 10 minutes, roads as they stand now."""

    of: Annotated[str, Field(description="what covers: teams …")] = ""
    choice: Annotated[str, Field(description="of the kind's filter; of teams a capability, as firefighting")] = ""
    minutes: Annotated[str, Field(description="within so many minutes, 1 to 240", examples=["10"])] = ""
    metres: Annotated[str, Field(description="instead: within so many metres in a straight line")] = ""
    mode: Annotated[str, Field(description="car, truck, bus or foot")] = ""
    roads: Annotated[str, Field(description="now: with closures as they stand; open: without")] = ""
    who: Annotated[str, Field(description="all, or ready: those that can be used now")] = ""
    town: Annotated[str, Field(description="region code of a town: its villages only")] = ""


@router.get("/coverage", response={200: CoverageOut, **PROBLEMS}, operation_id="get_coverage")
def get_coverage(request: HttpRequest, query: Query[CoverageQuery]) -> dict[str, Any]:
    """Which villages are within reach of what this token may see, how often, and which hang on one only.

    422 names the field; without villages or without anything that covers, `within` is empty.
    """
    actor = actor_of(request)
    return _document(coverage_of(actor, read(actor, query.dict())))


def _document(found: Found) -> dict[str, Any]:
    asked, coverage = found.asked, found.coverage
    return {
        "of": asked.cover.name,
        "choice": asked.choice,
        "measure": "seconds" if asked.measure is Measure.MINUTES else "metres",
        "looked_at": asked.most,
        "villages": len(found.villages),
        "estimate": coverage.estimate if coverage else False,
        "within": [_within(found, one) for one in coverage.within] if coverage else [],
        "worst": [_served(found, one) for one in coverage.worst] if coverage else [],
        "positions_unknown": [_village(found, one.id) for one in coverage.unplaced] if coverage else [],
        "sites_positions_unknown": [
            {"site": one.id, "name": one.name} for one in (coverage.unplaced_sites if coverage else ())
        ],
        "reasons": [
            {"code": one.code, "text": said(one, language())} for one in (coverage.reasons if coverage else ())
        ],
    }


def _within(found: Found, one: Within) -> dict[str, Any]:
    minutes = one.threshold.measure is Measure.MINUTES
    return {
        "minutes": one.threshold.most if minutes else None,
        "metres": None if minutes else one.threshold.most,
        "covered": len(one.covered),
        "uncovered": len(one.uncovered),
        "twice": len(one.twice),
        "share": one.share,
        "people": _together(one.people),
        "people_uncovered": _together(one.people_uncovered),
        "people_share": one.people_share,
        "alone": [
            {
                "site": at.site.id,
                "name": at.site.name,
                "villages": list(at.alone),
                "people": _together(at.alone_people),
            }
            for at in one.sites
            if at.alone
        ],
    }


def _together(people: People) -> dict[str, int]:
    return {"known": people.known, "unknown": people.unknown}


def _village(found: Found, code: str) -> dict[str, Any]:
    village = found.villages[code]
    return {"code": code, "name": village.name, "people": village.people}


def _served(found: Found, one: Served) -> dict[str, Any]:
    code = one.demand.id
    return _village(found, code) | {
        "nearest": _near(found, code, one.site.id, one.cost) if one.site else None,
        "next": _near(found, code, one.next_site.id, one.next_cost) if one.next_site else None,
    }


def _near(found: Found, code: str, site: str, cost: float | None) -> dict[str, Any]:
    name = found.sites[site].name
    return {"site": site, "name": name, "cost": round(cost or 0.0, 1), "estimate": (code, site) in found.estimated}
