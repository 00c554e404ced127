"""Identity numbers (GB 11643-1999, check by ISO 7064 MOD 11-2) and unified social credit codes (GB 32100-2015)."""

import re
from datetime import date

from ..book import Raw, Shown
from ..words import halved
from .read import Read, Unreadable, Words

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
SPOILT = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}")
EXACT = 10**15  # Excel keeps fifteen digits of a number


def identity_check(seventeen: str) -> str:
    """The eighteenth sign for seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_CHECKS[total % 11]


def credit_check(seventeen: str) -> str:
    """The eighteenth sign for seventeen signs of CREDIT_SIGNS."""
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(seventeen))
    return CREDIT_SIGNS[-total % 31]


def read_identity(raw: Raw) -> Read:
    """Eighteen signs, the last may be X. Raises: Unreadable."""
    text = _text(raw, "identity.spoilt")
    if re.fullmatch(r"\d{15}", text):
        raise Unreadable("identity.fifteen")
    if len(text) != 18:
        raise Unreadable("identity.length", number=str(len(text)))
    if not re.fullmatch(r"\d{17}[\dX]", text):
        raise Unreadable("identity.signs")
    right = identity_check(text[:17]) == text[17]
    if not right and text.endswith("000"):
        raise Unreadable("identity.spoilt")
    if not "11" <= text[:2] <= "91":
        raise Unreadable("identity.region", region=text[:2])
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise Unreadable("identity.birth", birth=text[6:14]) from None
    if not 1880 <= born.year <= 2100:
        raise Unreadable("identity.birth", birth=text[6:14])
    if not right:
        raise Unreadable("identity.check")
    return Read(text)


def read_credit(raw: Raw) -> Read:
    """Eighteen signs. A wrong check sign is a warning: some pilot codes break the rule and are in force."""
    text = _text(raw, "credit.spoilt").replace("-", "")
    if len(text) != 18:
        raise Unreadable("credit.organisation" if len(text) == 9 else "credit.length", number=str(len(text)))
    if wrong := sorted({sign for sign in text if sign not in CREDIT_SIGNS}):
        raise Unreadable("credit.signs", signs=" ".join(wrong))
    warnings: tuple[Words, ...] = () if credit_check(text[:17]) == text[17] else (("credit.check", {}),)
    return Read(text, warnings)


def _text(raw: Raw, spoilt: str) -> str:
    if isinstance(raw, Shown):
        raw = raw.value
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Unreadable("identity.signs" if spoilt.startswith("identity") else "credit.signs", signs="")
    if isinstance(raw, str):
        text = halved(raw).upper()
        if SPOILT.fullmatch(text):
            raise Unreadable(spoilt)
        return text
    if raw >= EXACT:
        raise Unreadable(spoilt)
    return str(int(raw)) if float(raw).is_integer() else str(raw)
