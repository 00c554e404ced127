"""Reports for machines (interfaces.md, Intake), except the POST of a report, which has its own lane."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Part, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from .. import selectors, services
from ..documents import report_document, report_documents, report_with_duplicates, supplement_document
from ..messages import SupplementMessage
from ..models import Report

router = Router(tags=["reports"])


class PlaceOut(Schema):
    address: str
    latitude: float | None
    longitude: float | None
    crs: str = "wgs84"
    region: str | None = None


class SupplementOut(Schema):
    id: int
    text: str
    happened_at: datetime | None
    recorded_at: datetime
    location: PlaceOut
    figures: dict[str, int | None]
    marks: list[dict[str, Any]]


class ReportOut(Schema):
    id: int
    number: str
    state: str
    incident: dict[str, Any] | None
    possible_duplicates: list[dict[str, Any]]
    source: str
    source_id: str
    received_at: datetime
    recorded_at: datetime
    happened_at: datetime | None
    caller: dict[str, str]
    text: str
    kind: str | None
    location: PlaceOut
    figures: dict[str, int | None]
    marks: list[dict[str, Any]]
    extra: dict[str, Any]
    supplements: list[SupplementOut]
    destroyed_by: int | None  # number of the order that destroyed its personal information


class ReceiptOut(Schema):
    id: int
    number: str
    state: str
    incident: dict[str, Any] | None
    possible_duplicates: list[dict[str, Any]]
    received_at: datetime
    recorded_at: datetime
    figures: dict[str, int | None]
    marks: list[dict[str, Any]]


class ReportsOut(Schema):
    items: list[ReportOut]
    next: str | None


class SinceQuery(Schema):
    since: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class DismissMessage(Part):
    model_config = example(reason="prank", note="回拨无人接听,定位在外地")

    reason: str
    note: Annotated[str, Field(max_length=2000)] = ""
    happened_at: AwareDatetime | None = None


class HandOverMessage(Part):
    model_config = example(to="610124000000-EMO", received_by="周某", happened_at="2026-05-12T03:20:00+08:00")

    to: str
    received_by: Annotated[str, Field(max_length=100)]
    happened_at: AwareDatetime | None = None


@router.get("", response={200: ReportsOut, **PROBLEMS}, operation_id="list_reports")
def list_reports(request: HttpRequest, query: Query[SinceQuery]) -> dict[str, Any]:
    """Reports this token may see, oldest first, from `since` (recorded_at) on."""
    found = selectors.reports(actor_of(request), since=query.since).prefetch_related("supplements")
    page: Page[Report] = page_of(found, query.cursor, query.limit)
    return {"items": report_documents(page.items, actor_of(request)), "next": page.next}


@router.get("/{report_id}", response={200: ReportOut, **PROBLEMS}, operation_id="get_report")
def get_report(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """One report with its incident, its later facts and its likely duplicates."""
    actor = actor_of(request)
    return report_with_duplicates(selectors.report(actor, report_id), actor)


@router.post(
    "/{report_id}/supplements",
    response={200: SupplementOut, 201: SupplementOut, **PROBLEMS},
    operation_id="add_supplement",
    openapi_extra=request_body(SupplementMessage, key_required=True),
)
def add_supplement(request: HttpRequest, report_id: int) -> HttpResponse:
    """Later facts of the same call. Needs its own Idempotency-Key."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        raise Invalid(Fault("Idempotency-Key", _("is required, so that facts sent again are not stored twice")))
    actor, report = actor_of(request), selectors.report(actor_of(request), report_id)

    def do(message: SupplementMessage) -> tuple[int, dict[str, Any], int]:
        return 201, supplement_document(services.add_supplement(report, message, by=actor)), report.pk

    return carry_out(request, SupplementMessage, do)


@router.post(
    "/{report_id}/dismiss",
    response={200: ReportOut, **PROBLEMS},
    operation_id="dismiss_report",
    openapi_extra=request_body(DismissMessage),
)
def dismiss(request: HttpRequest, report_id: int) -> HttpResponse:
    """Put a report aside: reason prank, advice, not_ours, duplicate_call or other (with a note)."""
    actor, report = actor_of(request), selectors.report(actor_of(request), report_id)

    def do(message: DismissMessage) -> tuple[int, dict[str, Any], int]:
        done = services.dismiss_report(
            report, by=actor, reason=message.reason, note=message.note, happened_at=message.happened_at
        )
        return 200, report_document(selectors.report(actor, done.pk), None), report.pk

    return carry_out(request, DismissMessage, do)


@router.post(
    "/{report_id}/hand_over",
    response={200: ReportOut, **PROBLEMS},
    operation_id="hand_over_report",
    openapi_extra=request_body(HandOverMessage),
)
def hand_over(request: HttpRequest, report_id: int) -> HttpResponse:
    """Give a report to the unit whose matter it is; `received_by` says who took it there."""
    actor, report = actor_of(request), selectors.report(actor_of(request), report_id)

    def do(message: HandOverMessage) -> tuple[int, dict[str, Any], int]:
        to = unit_by_code(message.to)
        if to is None:
            raise Invalid(Fault("to", _("there is no unit with this code"), message.to[:64]))
        done = services.hand_over_report(
            report, by=actor, to=to, received_by=message.received_by, happened_at=message.happened_at
        )
        return 200, report_document(selectors.report(actor, done.pk), None), report.pk

    return carry_out(request, HandOverMessage, do)
