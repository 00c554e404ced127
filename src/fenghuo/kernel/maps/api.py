"""Closed, slowed and flooded roads for machines (interfaces.md, Maps)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Moment, Part, Verb, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from . import closures as selectors
from . import services
from .effects import factors
from .models import Closure

PREFIX = "/closures"
router = Router(tags=["maps"])


class ClosureOut(Schema):
    """`standing`: coming, closed (it holds), over or lifted. `geometry`: GeoJSON, WGS 84.

    `effect`: closed, slowed (everybody takes `factor` times as long) or flooded (`depth_cm` of water). `factors`: how
    many times longer each mode takes, null where it does not pass; for water by thresholds that the county sets.
    `exercise`: it lies over the ways of exercises only.
    """

    id: int
    number: str
    where: str
    reason: str
    effect: str
    factor: float | None
    depth_cm: int | None
    factors: dict[str, float | None]
    geometry: dict[str, Any]
    crs: str = "wgs84"
    standing: str
    from_at: datetime
    until_at: datetime | None
    lifted_at: datetime | None
    unit: str | None
    version: int
    exercise: bool
    demo: bool


class ClosuresOut(Schema):
    items: list[ClosureOut]
    next: str | None


class ClosuresQuery(Schema):
    """`all`: also those that were lifted or have run out. `exercise`: those of exercises instead of the real ones."""

    all: bool = False
    exercise: bool = False
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class NewClosure(Part):
    """`effect`: closed unless said; `factor` belongs to slowed, `depth_cm` (at the deepest place) to flooded."""

    model_config = example(
        where="涝河大桥",
        reason="桥面过水",
        geometry={"type": "LineString", "coordinates": [[108.6, 34.05], [108.601, 34.051]]},
    )

    where: Annotated[str, Field(max_length=200)]
    reason: Annotated[str, Field(max_length=200)]
    geometry: dict[str, Any]
    crs: str = "wgs84"
    effect: Literal["closed", "slowed", "flooded"] = "closed"
    factor: Annotated[float, Field(gt=1, le=20)] | None = None
    depth_cm: Annotated[int, Field(ge=1, le=500)] | None = None
    exercise: bool = False
    from_at: Moment | None = None
    until_at: Moment | None = None


class Lift(Verb):
    """Nothing need be said."""

    model_config = example(happened_at="2026-05-12T09:00:00+08:00")


@router.get("", response={200: ClosuresOut, **PROBLEMS}, operation_id="list_closures")
def list_closures(request: HttpRequest, query: Query[ClosuresQuery]) -> dict[str, Any]:
    """Closed, slowed and flooded roads this token may see, as they were drawn: those in force or to come."""
    found = selectors.closures(actor_of(request)).order_by().filter(record__exercise=query.exercise)
    if not query.all:
        found = found.filter(selectors.not_yet_over(timezone.now()))
    page: Page[Closure] = page_of(found, query.cursor, query.limit)
    return {"items": [_document(one) for one in page.items], "next": page.next}


@router.get("/{number}", response={200: ClosureOut, **PROBLEMS}, operation_id="get_closure")
def get_closure(request: HttpRequest, number: str) -> dict[str, Any]:
    """One closed road, as it was drawn and as it stands."""
    return _document(selectors.closure(actor_of(request), number))


@router.post(
    "",
    response={201: ClosureOut, 200: ClosureOut, **PROBLEMS},
    operation_id="close_road",
    openapi_extra=request_body(NewClosure),
)
def close_road(request: HttpRequest) -> HttpResponse:
    """Close or slow a road, or say how deep it is under water; for the county's authorities and public security."""
    actor = actor_of(request)

    def do(said: NewClosure) -> tuple[int, dict[str, Any], int]:
        given = {name: getattr(said, name) for name in type(said).model_fields if name in said.model_fields_set}
        if given.get("from_at", ...) is None:
            del given["from_at"]
        made = services.close_road(by=actor, **given)
        return 201, _document(made), made.pk

    return carry_out(request, NewClosure, do)


@router.post(
    "/{number}/lift",
    response={200: ClosureOut, **PROBLEMS},
    operation_id="lift_closure",
    openapi_extra=request_body(Lift),
)
def lift_closure(request: HttpRequest, number: str) -> HttpResponse:
    """One may drive there again."""
    actor = actor_of(request)
    found = selectors.closure(actor, number)

    def do(said: Lift) -> tuple[int, dict[str, Any], int]:
        services.lift_closure(found, by=actor, happened_at=said.happened_at)
        return 200, _document(selectors.closure(actor, number)), found.pk

    return carry_out(request, Lift, do)


def _document(closure: Closure) -> dict[str, Any]:
    opened = closure.record
    return {
        "id": closure.pk,
        "number": opened.number,
        "where": opened.title,
        "reason": closure.reason,
        "effect": closure.effect,
        "factor": float(closure.factor) if closure.factor is not None else None,
        "depth_cm": closure.depth_cm,
        "factors": factors(closure),
        "geometry": closure.geometry,
        "crs": "wgs84",
        "standing": str(closure.standing_at(timezone.now())),
        "from_at": closure.from_at,
        "until_at": closure.until_at,
        "lifted_at": closure.lifted_at,
        "unit": opened.unit.code if opened.unit else None,
        "version": opened.version,
        "exercise": opened.exercise,
        "demo": opened.demo,
    }
