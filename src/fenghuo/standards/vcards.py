"""Address cards as telephones and mail programs read them (vCard 4.0, RFC 6350)."""

import unicodedata
from dataclasses import dataclass

TYPE = "text/vcard; charset=utf-8"
LINE = 75  # octets before a line is folded, RFC 6350 3.2


@dataclass(frozen=True, slots=True)
class Card:
    """`uid` is the same for the same person, so that a second reading replaces the first instead of doubling it."""

    uid: str
    name: str
    organisation: str = ""
    title: str = ""
    mobile: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


def write_cards(cards: list[Card]) -> bytes:
    return "".join(_folded(line) for card in cards for line in _lines(card)).encode()


def _lines(card: Card) -> list[str]:
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID;VALUE=text:{_text(card.uid)}"]
    # Which part of a Chinese name is the family's cannot be told for sure: the whole name stands as it is said.
    lines += [f"FN:{_text(card.name)}", f"N:{_text(card.name)};;;;"]
    for said, value in (
        ("ORG", card.organisation),
        ("TITLE", card.title),
        ("TEL;TYPE=cell", card.mobile),
        ("TEL;TYPE=work", card.phone),
        ("EMAIL;TYPE=work", card.email),
        ("NOTE", card.note),
    ):
        if value:
            lines.append(f"{said}:{_text(value)}")
    return [*lines, "END:VCARD"]


def _text(value: str) -> str:
    """Escaped (3.4); line breaks are kept, other control characters are dropped: nothing typed ends a line."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    value = "".join(sign for sign in value if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    for sign in "\\,;":
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Folded at 75 octets, never inside a character."""
    parts, length = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LINE:
            parts.append(" ")
            length = 1
        parts[-1] += sign
        length += octets
    return "\r\n".join(parts) + "\r\n"
