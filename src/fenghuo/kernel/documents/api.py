"""Files for machines: their list stands with the record, here is the content."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from . import selectors
from .views.handing import hand_out

PREFIX = "/files"
router = Router(tags=["files"])


@router.get(
    "/{int:pk}",
    response=PROBLEMS,
    operation_id="get_file",
    openapi_extra={"responses": {200: {"description": "The content", "content": {"application/octet-stream": {}}}}},
)
def get_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The content of a file, whole or in ranges."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # set by the gateway's bearer
    return hand_out(request, selectors.attachment(actor, pk))
