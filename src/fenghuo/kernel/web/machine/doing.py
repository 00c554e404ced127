"""Carrying out a verb for a machine: read the message, do it once for its Idempotency-Key, answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from fenghuo.kernel.access.actor import Actor

from .bodies import read_json
from .messages import Part
from .once import once
from .reading import content_digest, read_message


def carry_out[M: Part](
    request: HttpRequest, model: type[M], do: Callable[[M], tuple[int, dict[str, Any], int]]
) -> HttpResponse:
    """`do` gets the message and answers (status, document, record id)."""
    content = read_json(request)
    message = read_message(model, request.body or b"{}")
    digest = content_digest([request.path, content])
    answer = once(actor_of(request), request.headers.get("Idempotency-Key"), digest, lambda: do(message))
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]  # set by the gateway's bearer
    return actor
