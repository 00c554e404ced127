"""What the API description says of bodies that are read by hand, and of problem documents."""

from typing import Any

from ninja import Schema
from pydantic import BaseModel

from .once import KEY_MOST

_bodies: dict[str, type[BaseModel]] = {}


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


def request_body(model: type[BaseModel], *, key_required: bool = False) -> dict[str, Any]:
    """`openapi_extra` of an operation whose body our own reader reads, so that faults name fields our way.

    Each such operation takes an Idempotency-Key; `key_required` where nothing is stored without one.
    """
    _bodies[model.__name__] = model
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": key_required,
        "schema": {"type": "string", "minLength": 1, "maxLength": KEY_MOST, "pattern": "^[ -~]+$"},
    }
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"parameters": [key], "requestBody": body}


def bodies() -> dict[str, type[BaseModel]]:
    """The messages that are read by hand, by name."""
    return dict(_bodies)


def describe_bodies(components: dict[str, Any]) -> None:
    """Add those bodies, and what they are made of, to the description's schemas."""
    for name, model in _bodies.items():
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        components |= schema.pop("$defs", {})
        components[name] = schema
