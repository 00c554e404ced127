"""Telephone numbers in a cell: Excel's own spoilt ones, several at once, with names and labels between."""

import re
import unicodedata

from ...extraction.phones import find_phones
from ..book import Raw, Shown
from ..fields import Field
from .read import Read, Unreadable, Words

SPOILT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
PARTS = re.compile(r"[、,;/|\n]+|\s+或\s*|或|\s{2,}")
LABEL = re.compile(r"^(?:手机号?|电话|座机|办公室?|办|固话|联系电话|值班电话|tel|宅|手机)[:.]?", re.IGNORECASE)
FIXED = re.compile(r"\(?(0(?:10|2\d|[3-9]\d{2}))\)?[\- ]?(\d{7,8})(?:[\-转,#*]{1,2}(\d{1,6}))?")
ABROAD = re.compile(r"^\+?(?:00)?86[\- ]?(?=[2-9]\d{1,2}[\- ])")  # +86-29-84812345
LOCAL = re.compile(r"([2-8]\d{2,3}[\- ]?\d{4})(?:[\-转](\d{1,6}))?")
SHORT = re.compile(r"1[0-2]\d|12\d{3}|9[56]\d{3,4}|1\d{4}")
MOBILE = re.compile(r"(?:\+?(?:00)?86[\- ]?)?(1[3-9]\d)[\- ]?(\d{4})[\- ]?(\d{4})")
SERVICE = re.compile(r"([48]00)[\- ]?(\d{3})[\- ]?(\d{4})")


def read_phones(raw: Raw, field: Field) -> Read:
    """A number as it is dialled; with `field.many` all of them as a tuple. Raises: Unreadable."""
    warnings: list[Words] = []
    if isinstance(raw, Shown):
        raw = raw.value
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Unreadable("phone.none")
    if isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).replace("–", "-").replace("—", "-").strip()
    else:
        text = str(int(raw)) if float(raw).is_integer() else str(raw)
    text = re.sub(r"(?<=\d)\.0$", "", text)
    if SPOILT.fullmatch(text):
        raise Unreadable("phone.spoilt")
    found: dict[str, None] = {}
    for part in PARTS.split(text):
        if part.strip():
            _read_part(part.strip(), found, warnings)
    if not found:
        raise Unreadable(_why_not(re.sub(r"\D", "", text)))
    if field.many:
        return Read(tuple(found), tuple(warnings))
    if len(found) > 1:
        raise Unreadable("phone.several", numbers="、".join(found))
    return Read(next(iter(found)), tuple(warnings))


def _read_part(part: str, found: dict[str, None], warnings: list[Words]) -> None:
    bare = LABEL.sub("", part).strip()
    if one := _one(bare, warnings):
        found[one] = None
        return
    known = find_phones(bare)
    rest, last = "", 0
    for phone in known:
        found[phone.value] = None
        rest += bare[last : phone.start]
        last = phone.end
    rest = re.sub(r"[\s:()\-]+", "", rest + bare[last:])
    if not known or re.search(r"\d{3}", rest):
        raise Unreadable(_why_not(re.sub(r"\D", "", part)))
    if rest:
        warnings.append(("phone.words", {"words": rest}))


def _one(text: str, warnings: list[Words]) -> str | None:
    if match := MOBILE.fullmatch(text):
        return "".join(match.groups())
    if match := FIXED.fullmatch(ABROAD.sub("0", text)):
        return "-".join(part for part in match.groups() if part)
    if match := SERVICE.fullmatch(text):
        return "-".join(match.groups())
    if match := LOCAL.fullmatch(text):
        warnings.append(("phone.no_area", {}))
        number = re.sub(r"\D", "", match[1])
        return f"{number}-{match[2]}" if match[2] else number
    return text if SHORT.fullmatch(text) else None


def _why_not(digits: str) -> str:
    if not digits:
        return "phone.none"
    if len(digits) in (9, 10) and digits[0] in "123456789" and not digits.startswith("1"):
        return "phone.zero_lost"
    return "phone.digits"
