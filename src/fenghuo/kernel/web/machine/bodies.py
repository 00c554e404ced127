"""Reading what a machine sent."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused


class BadRequest(Refused):
    """The body is not JSON."""

    status = 400


class WrongType(Refused):
    """The body is declared as something else than JSON."""

    status = 415


def is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def read_json(request: HttpRequest) -> Any:
    """The parsed body; an empty one is {}. Raises: BadRequest, WrongType."""
    if not request.body:
        return {}
    if not is_json(request.headers.get("Content-Type", "")):
        raise WrongType(_("Send the body as application/json."))
    return parse_json(request.body)


def parse_json(body: bytes) -> Any:
    """Raises: BadRequest, also for numbers and depths that no reader could mean."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest(_("The body is not JSON: %(why)s") % {"why": error}) from error
