"""The sealed form: JSON text that is the same on every machine and database, byte for byte."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Mapping[str, Any]) -> str:
    """Sorted keys, no spaces, no floats, times in UTC with microseconds.

    Raises: Invalid for U+0000 or half a surrogate pair; TypeError for floats and whatever JSON does not know.
    """
    text = _ENCODER.encode(_plain(value))
    if "\\u0000" in text:
        _refuse_nul(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(Fault("text", _("must be Unicode text"))) from error
    return text


@lru_cache(maxsize=256)
def moment(value: datetime) -> str:
    """2026-05-11T19:04:05.000000Z"""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def exact(value: Any) -> Any:
    """The same with every float, however deep, as its shortest text: what machines send may hold them anywhere."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [exact(item) for item in value]
    return value


def new_salt() -> str:
    return secrets.token_hex(32)


def commitment(salt: str, value: str) -> str:
    """SHA-256 (hex) over salt and canonical value: proves the value without showing it."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is dict:
        return {key if type(key) is str else str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str):
        return str(value)  # an enum's member becomes its value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{kind.__name__} cannot be sealed: {value!r}")


def _refuse_nul(value: Any, field: str = "") -> None:
    if isinstance(value, str) and "\x00" in value:
        raise Invalid(Fault(field, _("must not contain the character U+0000")))
    if isinstance(value, Mapping):
        for key, item in value.items():
            _refuse_nul(item, f"{field}.{key}".lstrip("."))
            _refuse_nul(str(key), field)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_nul(item, field)
