"""Reading a message: what cannot be used is named field by field, in the reader's language."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from fenghuo.kernel.access.errors import Fault, Invalid

from .messages import Part

type Reason = Callable[[], str]

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))

_reasons: dict[str, Reason] = {}


def add_reason(kind: str, reason: Reason) -> None:
    """How a fault of this pydantic type reads, with what is allowed; for types that a room's own messages raise."""
    _reasons[kind] = reason


def read_message[M: Part](model: type[M], raw: bytes | Mapping[str, Any]) -> M:
    """Read JSON text or an already parsed object. Raises: Invalid (each fault with field, reason, given)."""
    body: bytes | str = raw if isinstance(raw, bytes) else json.dumps(raw)
    try:
        message = model.model_validate_json(body)
    except ValidationError as error:
        raise Invalid(*faults_of(error)) from error
    if b"\\u0000" in (body if isinstance(body, bytes) else body.encode()):
        nul = [Fault(path, _("must not contain the character U+0000")) for path in _with_nul(message.model_dump())]
        if nul:
            raise Invalid(*nul)
    return message


def content_digest(content: Any) -> str:
    """SHA-256 (hex) of parsed JSON, whatever its spacing and the order of its keys."""
    return hashlib.sha256(_ENCODER.encode(content).encode()).hexdigest()


def extra_of(message: Part) -> dict[str, Any]:
    """What the sender said beyond the agreed fields, by its dotted name."""
    found: dict[str, Any] = dict(message.model_extra or {})
    for name, part in vars(message).items():
        if isinstance(part, Part):
            found |= {f"{name}.{key}": value for key, value in extra_of(part).items()}
    return found


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """What pydantic found, in the reader's language; fields are dotted."""
    for one in error.errors(include_url=False, include_context=True):
        field = ".".join(str(step) for step in one["loc"])
        given = one["input"]
        short = given if isinstance(given, str | int | float | bool | None) else type(given).__name__
        yield Fault(field, _reason(one["type"], one["msg"], one.get("ctx", {})), _shortened(short))


def _shortened(given: Any) -> Any:
    return given[:200] if isinstance(given, str) else given


def _reason(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """The reason in the reader's language, with what is allowed."""
    if kind in _reasons:
        return _reasons[kind]()
    match kind:
        case "missing":
            return _("is required")
        case "string_too_long":
            return _("must be at most %(most)s characters long") % {"most": context["max_length"]}
        case "string_too_short" | "blank":
            return _("must not be blank")
        case "timezone_aware":
            return _("must carry its offset, for example 2026-05-12T03:04:05+08:00")
        case kind if kind.startswith("datetime"):
            return _("must be a time like 2026-05-12T03:04:05+08:00")
        case "year":
            return _("must be a year between 1900 and 2200")
        case "int_type" | "int_from_float" | "int_parsing":
            return _("must be a whole number, or null when unknown")
        case "greater_than_equal":
            return _("must be at least %(least)s") % {"least": context["ge"]}
        case "less_than_equal":
            return _("must be at most %(most)s") % {"most": context["le"]}
        case "string_type":
            return _("must be text")
        case "float_type" | "float_parsing" | "finite_number":
            return _("must be a number")
        case "json_invalid":
            return _("cannot be read as JSON: %(reason)s") % {"reason": context.get("error", message)}
        case _:
            return message


def _with_nul(content: Any, path: str = "") -> Iterator[str]:
    if isinstance(content, str) and "\x00" in content:
        yield path
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _with_nul(value, f"{path}.{key}" if path else str(key))
            if "\x00" in str(key):
                yield path or "body"
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _with_nul(value, f"{path}.{index}")
