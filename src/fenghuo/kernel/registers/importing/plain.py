"""A value as plain text: the same text for the same value, and text that its kind reads."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fenghuo.kernel.access.models import Region, Unit
from fenghuo.standards.sheets import Scalar, cleaned
from fenghuo.standards.telephones import read_telephone

from ..kinds import Kind, Many, Telephone


def plain(kind: Kind, value: Any) -> str:
    """ "" for nothing. Units and regions by code, choices by slug, telephones as they are dialled."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, Unit | Region):
        return value.code
    if isinstance(kind, Telephone):
        return read_telephone(str(value)) or str(value)
    if isinstance(kind, Many):
        slugs: Sequence[str] = value
        return "、".join(sorted(slugs))
    return cleaned(kind.typed(value))


def said(value: Scalar) -> str:
    """What was read from a cell, as text for the kind."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)


def alike(text: str) -> str:
    """For recognising a row: full-width signs, spaces and capitals make no other thing of it."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).lower()
