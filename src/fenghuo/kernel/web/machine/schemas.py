"""Problem documents in the API description."""

from typing import Any

from ninja import Schema


class FaultOut(Schema):
    field: str
    message: str
    given: Any = None


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultOut] | None = None
    quarantine: str | None = None


PROBLEMS: dict[Any, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507), Problem)
