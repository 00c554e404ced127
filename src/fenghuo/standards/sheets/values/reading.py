"""One cell into one value, by the kind of its field."""

import re
from datetime import date, datetime, time, timedelta

from ..book import CellError, Literally, Raw, Shown, Uncomputed
from ..fields import Field
from ..words import EMPTY, cleaned, halved
from .choices import NO, read_boolean, read_choice
from .codes import EXACT, read_credit, read_identity
from .dates import read_day, read_month
from .degrees import read_coordinates, read_latitude, read_longitude
from .numbers import number_of, read_amount
from .read import NOTHING, Read, Unreadable
from .telephones import read_phones

LINES = re.compile(r"\s*\n\s*")


def read_value(raw: Raw, field: Field, heading_unit: str = "") -> Read:
    """What the cell says. 无, / and — say nothing, except where the field has a word like that.

    Raises: Unreadable with a code of messages.csv.
    """
    if isinstance(raw, CellError):
        raise Unreadable("cell.error", error=raw.code)
    if isinstance(raw, Uncomputed):
        raise Unreadable("cell.uncomputed")
    literal = isinstance(raw, Literally)
    if isinstance(raw, Literally):
        raw = raw.text
    if isinstance(raw, str):
        raw = cleaned(raw)
        if not raw:
            return NOTHING
        if raw in EMPTY and not (literal and field.kind in ("text", "unit_name", "region")) and not _means(raw, field):
            return NOTHING
    if raw is None:
        return NOTHING
    return _by_kind(raw, field, heading_unit)


def _means(text: str, field: Field) -> bool:
    """无 is an answer to a yes-or-no question, and may be one of a list."""
    if field.kind == "boolean":
        return halved(text).lower() in NO
    if field.kind == "choice":
        return any(text == value or text in words for value, words in field.choices.items())
    return False


def _by_kind(raw: Raw, field: Field, heading_unit: str) -> Read:
    match field.kind:
        case "integer" | "decimal":
            return read_amount(raw, field, heading_unit)
        case "date":
            return read_day(raw)
        case "month":
            return read_month(raw)
        case "boolean":
            return read_boolean(raw)
        case "choice":
            return read_choice(_text(raw, field), field)
        case "phone":
            return read_phones(raw, field)
        case "identity_number":
            return read_identity(raw)
        case "credit_code":
            return read_credit(raw)
        case "longitude":
            return read_longitude(raw)
        case "latitude":
            return read_latitude(raw)
        case "coordinates":
            return read_coordinates(raw)
    text = _text(raw, field)
    if field.max_length is not None and len(text) > field.max_length:
        raise Unreadable("text.too_long", number=str(len(text)), most=str(field.max_length))
    return Read(text)


def _text(raw: Raw, field: Field) -> str:
    """Raises: Unreadable for a long number whose last digits Excel has lost."""
    if isinstance(raw, str):
        if field.kind != "text" and "\n" in raw:
            return LINES.sub("", raw)
        return raw
    return shown(raw)


def shown(raw: Raw) -> str:
    """A cell as a person sees it. Raises: Unreadable for a long number whose last digits Excel has lost."""
    if isinstance(raw, Shown):
        if raw.percent:
            return f"{number_of(raw.value) * 100:f}".rstrip("0").rstrip(".") + "%"
        if raw.places is not None:
            return f"{raw.value:.{raw.places}f}{raw.unit}"
        return f"{number_of(raw.value):f}{raw.unit}"
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float):
        if abs(raw) >= EXACT:
            raise Unreadable("text.digits_lost")
        return f"{number_of(raw):f}"
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time(0) else f"{raw:%Y-%m-%d %H:%M}"
    if isinstance(raw, date):
        return f"{raw:%Y-%m-%d}"
    if isinstance(raw, timedelta):
        return str(raw)
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    return str(raw)
