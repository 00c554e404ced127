"""Problem documents (RFC 9457): how machines are told that something was not done, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

import pydantic_core
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.errors import Fault, Invalid, Refused

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: gettext_lazy("Not readable"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    409: gettext_lazy("Conflict"),
    410: gettext_lazy("Destroyed by order"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Wrong content type"),
    422: gettext_lazy("Input cannot be used"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Internal error"),
    503: gettext_lazy("Not available now"),
    507: gettext_lazy("Nothing can be stored"),
}
KINDS = {
    400: "not-readable",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    410: "destroyed",
    413: "too-large",
    415: "wrong-type",
    422: "bad-input",
    429: "too-many-requests",
    500: "internal",
    503: "not-available",
    507: "storage",
}


def problem(status: int, detail: object = "", *, faults: Iterable[Fault] = (), **more: object) -> dict[str, Any]:
    """The document as a dict; `more` are members beyond the standard ones, such as `quarantine`."""
    document: dict[str, Any] = {
        "type": f"urn:fenghuo:problem:{KINDS.get(status, 'other')}",
        "title": force_str(TITLES.get(status, _("Refused"))),
        "status": status,
        "detail": force_str(detail) or force_str(TITLES.get(status, "")),
    }
    if errors := [fault_document(fault) for fault in faults]:
        document["errors"] = errors
    return document | more


def fault_document(fault: Fault) -> dict[str, Any]:
    return {"field": fault.field, "message": force_str(fault.message), "given": fault.given}


def refusal(refused: Refused) -> dict[str, Any]:
    """The document for what a service refused."""
    if isinstance(refused, Invalid):
        detail = refused.message or _("Nothing was stored. Correct the fields named and send it again.")
        return problem(refused.status, detail, faults=refused.faults)
    return problem(refused.status, refused.message)


def to_json(document: Mapping[str, Any] | list[Any]) -> str:
    return pydantic_core.to_json(document, fallback=str).decode()


def problem_response(document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(to_json(document), status=document["status"], content_type=CONTENT_TYPE, headers=headers)
