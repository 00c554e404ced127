"""Roots for machines: another node leaves its own here, and reads ours."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.machine.bodies import read_json
from fenghuo.kernel.web.machine.problems import to_json
from fenghuo.kernel.web.machine.reading import read_message
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from .models import KeptRoot
from .services import RootMessage, keep_root
from .services.giving import current_root

PREFIX = "/journal/roots"
router = Router(tags=["journal"])


class RootOut(Schema):
    node: str
    number: int
    last: int
    algorithm: str
    hash: str
    sealed_at: datetime


class KeptOut(Schema):
    number: int
    hash: str
    received_at: datetime


@router.post(
    "",
    response={200: KeptOut, 201: KeptOut} | PROBLEMS,
    operation_id="keep_root",
    openapi_extra=request_body(RootMessage),
)
def post_root(request: HttpRequest) -> HttpResponse:
    """Keep a root of the sender's journal (scope roots.write). The same root again is answered with 200."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # set by the gateway's bearer
    read_json(request)
    kept, new = keep_root(read_message(RootMessage, request.body), by=actor)
    return HttpResponse(to_json(_kept(kept)), status=201 if new else 200, content_type="application/json")


@router.get("/newest", response={200: RootOut} | PROBLEMS, operation_id="newest_root")
def get_newest(request: HttpRequest) -> dict[str, Any]:
    """The root of the newest seal of this journal (scope journal.read); 409 while nothing is sealed."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    require(actor, "seals.read")
    return current_root()[1]


def _kept(kept: KeptRoot) -> dict[str, Any]:
    return {"number": kept.number, "hash": kept.hash, "received_at": kept.received_at}
