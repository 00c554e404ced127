"""Finding a value in a gateway's JSON, and comparing it: gateways write 0, "0" and "000000" as they like."""

from collections.abc import Iterable
from typing import Any


def value_at(document: Any, path: str) -> Any:
    """The value at a dotted path (data.0.code); None when there is nothing. The empty path is the document itself."""
    found = document
    for step in path.split(".") if path else ():
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def text_at(document: Any, path: str) -> str:
    """As text that can be kept, "" for nothing and for what is no single value."""
    found = value_at(document, path) if path else None
    return "" if found is None or isinstance(found, dict | list) else keepable(as_text(found)).strip()


def keepable(text: str) -> str:
    """Without U+0000 and without halves of a character, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def is_among(value: Any, values: Iterable[Any]) -> bool:
    return as_text(value) in {as_text(one) for one in values}


def as_text(value: Any) -> str:
    """true and false as JSON writes them, everything else as it reads."""
    return str(value).lower() if isinstance(value, bool) else str(value)
