"""POST /api/v1/reports through Django: a batch of one. The front's fast lane answers it in the usual server.

It joins the room's router, since one address can have only one.
"""

from django.http import HttpRequest, HttpResponse

from fenghuo.kernel.web.machine.problems import CONTENT_TYPE
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body
from fenghuo.response.incidents.api.reports import ReceiptOut, router
from fenghuo.response.incidents.messages import ReportMessage

from .intake import MOST_BYTES, Request, answer


@router.post(
    "",
    auth=None,
    response={200: ReceiptOut, 201: ReceiptOut, **PROBLEMS},
    operation_id="receive_report",
    openapi_extra=request_body(ReportMessage, key_required=True) | {"security": [{"Bearer": []}]},
)
def receive_report(request: HttpRequest) -> HttpResponse:
    """Put a report on record. 201 only after it is durably stored; the same again is answered as the first time."""
    body = request.body
    asked = Request(
        authorization=request.headers.get("Authorization", ""),
        content_type=request.headers.get("Content-Type", ""),
        key=request.headers.get("Idempotency-Key"),
        body=body[:MOST_BYTES],
        address=request.META.get("REMOTE_ADDR", ""),
        oversized=len(body) > MOST_BYTES,
    )
    given = answer([asked])[0]
    kind = "application/json" if given.status < 400 else CONTENT_TYPE
    return HttpResponse(given.body, status=given.status, content_type=kind, headers=given.headers)
