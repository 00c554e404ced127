"""Who is within reach, for machines."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.decision.coverage import Measure, People, Served, Within, said
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from .asking import read
from .messages import ReachOut
from .saying import language
from .selectors import Found, coverage_of

PREFIX = "/maps"
router = Router(tags=["maps"])


class ReachQuery(Schema):
    """What is not said is taken as usual: the first kind there is, 10 minutes, roads as they stand now."""

    of: Annotated[str, Field(description="what covers: teams …")] = ""
    choice: Annotated[str, Field(description="of the kind's filter; of teams a capability, as firefighting")] = ""
    minutes: Annotated[str, Field(description="within so many minutes, 1 to 240", examples=["10"])] = ""
    metres: Annotated[str, Field(description="instead: within so many metres in a straight line")] = ""
    mode: Annotated[str, Field(description="car, truck, bus or foot")] = ""
    roads: Annotated[str, Field(description="now: with closures as they stand; open: without")] = ""
    who: Annotated[str, Field(description="all, or ready: those that can be used now")] = ""
    town: Annotated[str, Field(description="region code of a town: its villages only")] = ""


@router.get("/coverage", response={200: ReachOut, **PROBLEMS}, operation_id="get_reach")
def get_coverage(request: HttpRequest, query: Query[ReachQuery]) -> dict[str, Any]:
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
