"""What a message that comes in may say (interfaces.md, Intake). The form and the machine door read it alike."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.standards.kinds import KINDS

from .models import Source

MOST_PEOPLE = 10_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a time cannot be meant; inside, it is kept and marked


def _readable_year(value: datetime) -> datetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("year", "year must lie between 1900 and 2200")
    return value


def _says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "must not be blank")
    return value


def _known_kind(value: str) -> str:
    if value not in KINDS:
        raise PydanticCustomError("kind", "is not a known kind of incident")
    return value


def _known_source(value: str) -> str:
    if value not in Source.values:
        raise PydanticCustomError("source", "is not a known source")
    return value


type Moment = Annotated[AwareDatetime, AfterValidator(_readable_year)]
type Words = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_says_something)]
type People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
type Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]


class Part(BaseModel):
    """Strict about types; what it does not know is kept as `extra`, not dropped."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


class Caller(Part):
    name: Annotated[str, Field(max_length=100)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None


class Location(Part):
    """`latitude` beyond ±90 is let through here: swapped axes are offered back, not refused."""

    address: Annotated[str, Field(max_length=500)] | None = None
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    @model_validator(mode="after")
    def both_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise PydanticCustomError("position", "latitude and longitude belong together: give both or neither")
        if self.latitude is not None and self.longitude is not None and abs(self.latitude) > 90 < abs(self.longitude):
            raise PydanticCustomError("position", "latitude must lie between -90 and 90")
        return self


class Figures(Part):
    """People; null is unknown, 0 is known to be none. A misspelt figure must be noticed, so nothing else is let in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    dead: People | None = None
    missing: People | None = None
    seriously_injured: People | None = None
    injured: People | None = None
    trapped: People | None = None
    poisoned: People | None = None
    moved: People | None = None

    def said(self) -> dict[str, int]:
        return self.model_dump(exclude_none=True)


class SupplementMessage(Part):
    """Later facts of the same call; says at least something."""

    text: Words | None = None
    happened_at: Moment | None = None
    location: Location | None = None
    figures: Figures | None = None

    @model_validator(mode="after")
    def not_empty(self) -> Self:
        if self.text is None and self.location is None and not (self.figures and self.figures.said()):
            raise PydanticCustomError("empty", "give text, figures or a location")
        return self


class ReportMessage(Part):
    """One message that something happened. Times carry their offset; positions are degrees in `crs`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "110",
                    "source_id": "610118-20260512-000123",
                    "received_at": "2026-05-12T03:04:05+08:00",
                    "happened_at": "2026-05-12T03:02:00+08:00",
                    "caller": {"name": "张某", "phone": "13800000000"},
                    "text": "草堂镇草堂营村村口两车相撞,三人受伤,一人被困",
                    "kind": "road_traffic",
                    "location": {"address": "草堂街道草堂营村", "latitude": 34.0439, "longitude": 108.7108},
                    "figures": {"injured": 3, "trapped": 1},
                }
            ]
        }
    )

    source: Annotated[str, AfterValidator(_known_source), Field(json_schema_extra={"enum": list(Source.values)})]
    source_id: Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_says_something)]
    received_at: Moment
    text: Words
    happened_at: Moment | None = None
    caller: Caller | None = None
    kind: Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})] | None = None
    location: Location | None = None
    figures: Figures | None = None


def read_message[M: Part](model: type[M], raw: bytes | Mapping[str, Any]) -> M:
    """Read JSON text or an already parsed object. Raises: Invalid (each fault with field, reason, given)."""
    body: bytes | str = raw if isinstance(raw, bytes) else json.dumps(raw)
    try:
        message = model.model_validate_json(body)
    except ValidationError as error:
        raise Invalid(*_faults(error)) from error
    if b"\\u0000" in (body if isinstance(body, bytes) else body.encode()):
        nul = [Fault(path, _("must not contain the character U+0000")) for path in _with_nul(message.model_dump())]
        if nul:
            raise Invalid(*nul)
    return message


def content_digest(content: Any) -> str:
    """SHA-256 (hex) of parsed JSON, whatever its spacing and the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def extra_of(message: Part) -> dict[str, Any]:
    """What the sender said beyond the agreed fields, by its dotted name."""
    found: dict[str, Any] = dict(message.model_extra or {})
    for name in type(message).model_fields:
        if isinstance(part := getattr(message, name), Part):
            found |= {f"{name}.{key}": value for key, value in extra_of(part).items()}
    return found


def _faults(error: ValidationError) -> Iterator[Fault]:
    for one in error.errors(include_url=False, include_context=True):
        field = ".".join(str(step) for step in one["loc"])
        given = one["input"]
        short = given if isinstance(given, str | int | float | bool | None) else type(given).__name__
        yield Fault(field, _reason(one["type"], one["msg"], one.get("ctx", {})), _shortened(short))


def _shortened(given: Any) -> Any:
    return given[:200] if isinstance(given, str) else given


def _reason(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """The reason in the reader's language, with what is allowed."""
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
        case "kind":
            return _("is not a known kind of incident: leave it out, or see the list in the API description")
        case "source":
            return _("must be one of: %(sources)s") % {"sources": " ".join(Source.values)}
        case "position":
            return _("latitude and longitude belong together and lie within ±90 and ±180 degrees")
        case "empty":
            return _("give text, figures or a location")
        case "extra_forbidden":
            return _("is not a known figure; known are: %(names)s") % {"names": " ".join(Figures.model_fields)}
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
