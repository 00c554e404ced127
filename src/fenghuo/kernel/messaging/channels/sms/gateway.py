"""The county's SMS gateway as its IT person describes it: sms.toml in the data folder (recipe: CONTRIBUTING.md)."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

PLACE = re.compile(r"\{(\w+)\}")
KNOWN = ("phone", "text", "reference")

type Value = str | int | bool


class BadGateway(Exception):
    """sms.toml cannot be used. `faults`: a sentence for each field, with the way out."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcceptedWhen(Part):
    """`path` with `values`, or a `pattern` of the whole answer (its group `id`); `id`: where its own name stands."""

    status: list[int] = [200, 201, 202]
    path: str = ""
    values: list[Value] = []
    pattern: str = ""
    id: str = ""


class AgainWhen(Part):
    """Refusals after which a retry can help. Cut connections and 5xx are always tried again."""

    status: list[int] = [408, 425, 429]
    path: str = ""
    values: list[Value] = []


class Query(Part):
    """How to ask whether the gateway has a message of ours. `known`: the values at `path` that say it has."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: dict[str, Any] = {}
    path: str
    known: list[Value] = Field(min_length=1)


class Receipts(Part):
    """Names of the fields in a receipt; `list`: where they stand when there are several; the values of `status`."""

    list: str = ""
    reference: str = ""
    id: str = ""
    status: str = "status"
    delivered: tuple[Value, ...] = Field(min_length=1)
    failed: tuple[Value, ...] = Field(min_length=1)
    ignored: tuple[Value, ...] = ()
    at: str = ""

    @model_validator(mode="after")
    def names_the_message(self) -> "Receipts":
        if not self.reference and not self.id:
            raise ValueError("names neither reference nor id: say in which field the message is named")
        return self


class Replies(Part):
    list: str = ""
    id: str = ""
    phone: str
    text: str
    at: str = ""


class Callbacks(Part):
    """`secret` stands in the addresses that the gateway calls; `answer` is what it wants to hear."""

    secret: str = Field(min_length=20, pattern=r"^[A-Za-z0-9_-]+$")
    answer: str = "OK"


class Gateway(Part):
    """`values` are put into the templates beside {phone}, {text} and {reference}: {signature} and whatever it wants."""

    url: str = Field(pattern=r"^https?://")
    method: Literal["GET", "POST"] = "POST"
    encoding: Literal["json", "form"] = "json"
    headers: dict[str, str] = {}
    values: dict[str, str] = {}
    body: dict[str, Any] = {}
    proxy: str = ""
    accepted: AcceptedWhen = AcceptedWhen()
    again: AgainWhen = AgainWhen()
    query: Query | None = None
    receipts: Receipts | None = None
    replies: Replies | None = None
    callbacks: Callbacks | None = None

    @model_validator(mode="after")
    def fits_together(self) -> "Gateway":
        named = set(_places([self.url, self.headers, self.body]))
        known = {*KNOWN, *self.values}
        query = [self.query.url, self.query.body] if self.query else []
        if unknown := (named | set(_places(query))) - known:
            raise ValueError(f"knows no {{{sorted(unknown)[0]}}}: write it under [values], or use {_listed(known)}")
        for name in ("phone", "text"):
            if name not in named:
                raise ValueError(f"names {{{name}}} nowhere: put it into the body or the url")
        if (self.receipts or self.replies) and self.callbacks is None:
            raise ValueError("has receipts or replies and no callbacks: add [callbacks] with a secret")
        if self.accepted.path and not self.accepted.values:
            raise ValueError("has accepted.path without accepted.values: say which values mean accepted")
        try:
            re.compile(self.accepted.pattern)
        except re.error as error:
            raise ValueError(f"has an accepted.pattern that is no regular expression: {error}") from error
        return self

    @property
    def recognises(self) -> bool:
        """Whether our reference is sent with each message, so that a repeat can be known."""
        return "reference" in _places([self.url, self.headers, self.body])


def fill(template: Any, values: dict[str, str]) -> Any:
    """The template with its {places} filled, all at once: braces in a text stay what they are."""
    if isinstance(template, str):
        return PLACE.sub(lambda found: values.get(found[1], found[0]), template)
    if isinstance(template, dict):
        return {name: fill(value, values) for name, value in template.items()}
    if isinstance(template, list):
        return [fill(value, values) for value in template]
    return template


def gateway() -> Gateway | None:
    """The gateway as described now, None when there is none. Raises: BadGateway."""
    path: Path = settings.SMS_GATEWAY
    try:
        state = path.stat()
    except OSError:
        return None
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Gateway:
    try:
        return Gateway.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadGateway([f"{path} cannot be read: {error}. Give it to this user, in UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise BadGateway([f"{path} is no TOML: {error}. Correct the place it names."]) from error
    except ValidationError as error:
        raise BadGateway([_sentence(path, dict(fault)) for fault in error.errors()]) from error


def _sentence(path: Path, fault: dict[str, Any]) -> str:
    field = ".".join(str(step) for step in fault["loc"])
    match fault["type"]:
        case "missing":
            said = "is missing: add it"
        case "extra_forbidden":
            said = "is not known here: correct its name or take it out"
        case "value_error":
            said = str(fault["ctx"]["error"])
        case _:
            said = f"{fault['msg']} (given: {str(fault['input'])[:80]})"
    return f"{path.name}: {field} {said}" if field else f"{path.name} {said}"


def _places(template: Any) -> list[str]:
    if isinstance(template, str):
        return PLACE.findall(template)
    inner = template.values() if isinstance(template, dict) else template if isinstance(template, list) else ()
    return [name for value in inner for name in _places(value)]


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
